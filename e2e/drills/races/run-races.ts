import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { countFindings } from '../../../tools/check/report.ts';
import { runChecks } from '../../../tools/check/run-checks.ts';
import { findSystem } from '../../../tools/check/system.ts';
import { say } from '../../../tools/local/console.ts';
import type { Violation } from '../checker/violation.ts';
import { INSTANCES, type DrillSystem } from '../system.ts';
import { checkLive } from './check-live.ts';
import { checkRoom } from './check-room.ts';
import { comeBack, LaneSource } from './lanes.ts';
import { racersOf, type Finish, type Lane, type Race } from './race.ts';
import { readFacts } from './room-facts.ts';

const LANES = 4;
const READY_WITHIN_MS = 60_000;
/** Whoever gets such an answer does not know what came of it, as on a machine that is too busy. */
const UNKNOWN_FROM = 500;
/** What one service tells another is on its way for a moment. */
const SETTLE_WITHIN_MS = 15_000;

export type RacesOutcome = { name: string; violations: Violation[] };
type Options = { name: string; races: readonly Race[]; rounds: number; seed: number };

/** Acts that meet in one moment, at two of every service, again and again. */
export async function runRaces(system: DrillSystem, { name, races, rounds, seed }: Options): Promise<RacesOutcome> {
  await system.ready(READY_WITHIN_MS);
  const database = new pg.Pool({ connectionString: system.file.env['DATABASE_URL'], application_name: 'atrium-drill', max: LANES });
  try {
    const lanes = new LaneSource(system.gateways.slice(0, INSTANCES), database, seed);
    const violations: Violation[] = [];
    for (const race of races) {
      const startedAt = Date.now();
      const found = await runRace(race, { lanes, rounds, database });
      for (const { says } of found) say(`${race.name}: ${says}`);
      violations.push(...found);
      say(`${rounds} times ${race.name}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s, ${violations.length} violations so far`);
    }
    return { name, violations: [...violations, ...(await checkSystem(system))] };
  } finally {
    await database.end();
  }
}

type Track = { lanes: LaneSource; rounds: number; database: pg.Pool };

async function runRace(race: Race, { lanes, rounds, database }: Track): Promise<Violation[]> {
  const violations: Violation[] = [];
  let next = 0;
  let clear = 0;
  const runRound = async (lane: Lane): Promise<boolean> => {
    const round = next++;
    if (round >= rounds) return false;
    const finish = await race.run(lane, round);
    const isClear = finish.answers.every(({ status }) => status < UNKNOWN_FROM);
    if (isClear) clear++;
    const found = await examine(database, lane, isClear ? finish : { ...finish, expected: [], unexpected: [], look: undefined });
    violations.push(...found.map((says) => ({ check: race.name, says: `room ${finish.roomId}, round ${round}: ${says}` })));
    await comeBack(lane);
    return next < rounds;
  };
  await Promise.all(Array.from({ length: Math.min(LANES, rounds) }, () => lanes.lead(runRound)));
  if (clear < rounds) say(`${rounds - clear} rounds had an act without an answer: only the room itself was checked`);
  if (clear === 0) violations.push({ check: race.name, says: 'no round had an answer to every act' });
  return violations;
}

/** What is still not so when everything had time to come to rest. */
async function examine(database: pg.Pool, lane: Lane, { roomId, expected, unexpected = [], look }: Finish): Promise<string[]> {
  const find = async () => {
    const facts = await readFacts(database, roomId);
    const stillThere = expected.filter(({ person, isCutOff }) => isCutOff && person.pages.some(({ isOpen }) => isOpen));
    return {
      facts,
      found: [
        ...checkRoom(facts, expected),
        ...(look?.(facts) ?? []),
        ...stillThere.map(({ person }) => `${person.id} still has a page open`),
      ],
    };
  };
  let { facts, found } = await find();
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; found.length > 0 && Date.now() < giveUpAt; { facts, found } = await find())
    await sleep(50);
  if (found.length > 0) return [...unexpected, ...found];
  return [...unexpected, ...(await checkLive({ roomId, facts, people: racersOf(lane) }, () => readFacts(database, roomId)))];
}

async function checkSystem(system: DrillSystem): Promise<Violation[]> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; ; await sleep(500)) {
    const results = await runChecks(findSystem(system.file.env));
    if (countFindings(results) === 0) return [];
    if (Date.now() > giveUpAt) return results.flatMap(({ findings }) => findings);
  }
}
