/** What it costs that the actor of a call is proven: `node --import ./tools/gen/source-loader.ts libs/bus/test/statement-costs.ts` */
import { randomBytes, randomUUID } from 'node:crypto';
import { publicKeyOf, readBusKeys } from '../src/bus-keys.ts';
import { Statements } from '../src/statements.ts';

const key = randomBytes(32).toString('base64url');
const keys = readBusKeys(key, `gateway:${publicKeyOf(key)}`);
const PEOPLE = 1000;
const people = Array.from({ length: PEOPLE }, () => ({ actorId: randomUUID(), actorRole: 'user' as const, sessionId: randomUUID() }));

function microseconds(times: number, work: (index: number) => unknown): string {
  // Time of the processor, not of the clock: others may use the machine too.
  const began = process.cpuUsage();
  for (let index = 0; index < times; index++) work(index);
  const { user, system } = process.cpuUsage(began);
  return `${((user + system) / times).toFixed(2)} µs`;
}

const gateway = new Statements('gateway', keys);
const service = new Statements('messages', keys);
const signed = microseconds(PEOPLE, (index) => gateway.ofActor(people[index]!));
const statements = people.map((person) => gateway.ofActor(person));
const verified = microseconds(PEOPLE, (index) => service.readActor(statements[index]!));
const known = microseconds(1_000_000, (index) => gateway.ofActor(people[index % PEOPLE]!));
const seen = microseconds(1_000_000, (index) => service.readActor(statements[index % PEOPLE]!));
process.stdout.write(`first time: sign ${signed}, verify ${verified}\nafterwards: sign ${known}, verify ${seen}\n`);
process.stdout.write(`a statement has ${statements[0]!.length} bytes\n`);
