import { newId } from '@atrium/client';
import { waitFor } from '@atrium/testing';
import type { History } from './history.ts';
import { Participant, patiently } from './participant.ts';
import { GUESTS, hostOf, isIn, RESIDENTS, ROOMS } from './plan.ts';

const DOCUMENT = [
  'The boiler in the north wing was installed in 1987 by Marta Kowalski.',
  'It is inspected every fourteen months by an external engineer.',
];

/** The people of one drill, half of them at each gateway, their rooms, and a file that can be asked. */
export interface World {
  history: History;
  residents: Participant[];
  guests: Participant[];
  rooms: string[];
  /** Ready, in the first room that everybody who asks is in. */
  fileOf: Map<number, string>;
}

const textFile = (text: string) => [{ name: 'boiler.txt', content: new Blob([text]) }];

async function makeRoom(residents: Participant[], room: number): Promise<string> {
  const host = residents[hostOf(room)]!;
  const key = newId();
  const { id } = await patiently(() => host.client.rooms.create({ name: `Drill ${room}` }, key));
  for (const [index, resident] of residents.entries())
    if (resident !== host && isIn(index, room)) await patiently(() => resident.client.rooms.join(id));
  return id;
}

async function addFile(host: Participant, roomId: string): Promise<string> {
  const [file] = await patiently(() => host.client.files.upload(roomId, textFile(DOCUMENT.join('\n\n'))));
  await waitFor(async () => (await host.client.files.get(roomId, file!.id)).status === 'ready', {
    withinMs: 60_000,
    what: 'a file to be ready',
  });
  return file!.id;
}

export async function makeWorld(gateways: readonly string[]): Promise<World> {
  const history: History = { rooms: [], people: [], sends: [], views: [], changes: [], uploads: [], asked: [], failures: [], resets: [] };
  const everybody = Array.from({ length: RESIDENTS + GUESTS }, (_, index) => new Participant(gateways[index % gateways.length]!, history));
  // One after another: passwords are hashed slowly, on purpose.
  for (const one of everybody) await one.arrive();
  const [residents, guests] = [everybody.slice(0, RESIDENTS), everybody.slice(RESIDENTS)];
  const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, room) => makeRoom(residents, room)));
  history.rooms.push(...rooms);
  const fileOf = new Map<number, string>();
  for (const [room, roomId] of rooms.entries()) fileOf.set(room, await addFile(residents[hostOf(room)]!, roomId));
  return { history, residents, guests, rooms, fileOf };
}
