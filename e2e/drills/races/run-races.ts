import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { countFindings } from '../../../tools/check/report.ts';
import { runChecks } from '../../../tools/check/run-checks.ts';
import { findSystem } from '../../../tools/check/system.ts';
import { say } from '../../../tools/local/console.ts';
import type { Violation } from '../checker/violation.ts';
import type { DrillSystem } from '../system.ts';
import { checkRoom } from './check-room.ts';
import { RacePerson } from './race-person.ts';
import type { Finish, Lane, Race } from './race.ts';
import { RACES } from './races.ts';
import { readFacts } from './room-facts.ts';

const LANES = 4;
const READY_WITHIN_MS = 60_000;
/** Whoever gets such an answer does not know what came of it, as on a machine that is too busy. */
const UNKNOWN_FROM = 500;
/** What one service tells another is on its way for a moment. */
const SETTLE_WITHIN_MS = 15_000;

export type RacesOutcome = { name: 'races'; rounds: number; violations: Violation[] };

/** Acts that meet in one moment, at two of every service, again and again. */
export async function runRaces(system: DrillSystem, { rounds, seed }: { rounds: number; seed: number }): Promise<RacesOutcome> {
  await system.ready(READY_WITHIN_MS);
  const database = new pg.Pool({ connectionString: system.file.env['DATABASE_URL'], application_name: 'atrium-drill', max: LANES });
  try {
    const lanes = await makeLanes(system, database, seed);
    const violations: Violation[] = [];
    for (const race of RACES) {
      const startedAt = Date.now();
      const found = await runRace(race, { lanes, rounds, database });
      for (const { says } of found) say(`${race.name}: ${says}`);
      violations.push(...found);
      say(`${rounds} times ${race.name}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s, ${violations.length} violations so far`);
    }
    return { name: 'races', rounds, violations: [...violations, ...(await checkSystem(system))] };
  } finally {
    await database.end();
  }
}

/** @param seed who asks which gateway first */
async function makeLanes(system: DrillSystem, database: pg.Pool, seed: number): Promise<Lane[]> {
  const lanes: Lane[] = [];
  const arrive = (index: number) => new RacePerson(system.gateways, index + seed).arrive();
  for (let lane = 0; lane < LANES; lane++) {
    // One after another: passwords are hashed slowly, on purpose.
    const [host, second, third, fourth, admin] = [await arrive(0), await arrive(1), await arrive(0), await arrive(1), await arrive(0)];
    await database.query(`update accounts.users set role = 'admin' where id = $1`, [admin.id]);
    await admin.renew();
    lanes.push({ host, second, third, fourth, admin });
  }
  return lanes;
}

type Track = { lanes: Lane[]; rounds: number; database: pg.Pool };

async function runRace(race: Race, { lanes, rounds, database }: Track): Promise<Violation[]> {
  const violations: Violation[] = [];
  let next = 0;
  let clear = 0;
  const work = async (lane: Lane): Promise<void> => {
    for (let round = next++; round < rounds; round = next++) {
      const finish = await race.run(lane, round);
      const isClear = finish.answers.every(({ status }) => status < UNKNOWN_FROM);
      if (isClear) clear++;
      const found = await settle(database, isClear ? finish : { ...finish, expected: [], unexpected: [], look: undefined });
      violations.push(...found.map((says) => ({ check: race.name, says: `room ${finish.roomId}, round ${round}: ${says}` })));
      await comeBack(lane);
    }
  };
  await Promise.all(lanes.map(work));
  if (clear < rounds) say(`${rounds - clear} rounds had an act without an answer: only the room itself was checked`);
  if (clear === 0) violations.push({ check: race.name, says: 'no round had an answer to every act' });
  return violations;
}

/** What is still not so when everything had time to come to rest. */
async function settle(database: pg.Pool, { roomId, expected, unexpected = [], look }: Finish): Promise<string[]> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; ; await sleep(50)) {
    const facts = await readFacts(database, roomId);
    const found = [...unexpected, ...checkRoom(facts, expected), ...(look?.(facts) ?? [])];
    if (found.length === unexpected.length || Date.now() > giveUpAt) return found;
  }
}

/** Whoever was disabled is let in again for the next round. */
async function comeBack({ host, admin }: Lane): Promise<void> {
  if ((await host.call('GET', '/api/me')).status < 300) return;
  await admin.must('PATCH', `/api/admin/users/${host.id}`, { disabled: false, reason: 'the race is over' });
  await host.renew();
}

async function checkSystem(system: DrillSystem): Promise<Violation[]> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; ; await sleep(500)) {
    const results = await runChecks(findSystem(system.file.env));
    if (countFindings(results) === 0) return [];
    if (Date.now() > giveUpAt) return results.flatMap(({ findings }) => findings);
  }
}
