import { setTimeout as sleep } from 'node:timers/promises';
import { countFindings } from '../../tools/check/report.ts';
import { runChecks } from '../../tools/check/run-checks.ts';
import { findSystem } from '../../tools/check/system.ts';
import { checkHistory } from './checker/check-history.ts';
import type { Violation } from './checker/violation.ts';
import type { Fault } from './faults.ts';
import { Gatherer } from './gather.ts';
import type { History, Stored } from './history.ts';
import { hostOf, makePlan } from './plan.ts';
import { randomOf, seedFrom } from './random.ts';
import { forget, forgetLists } from './restore-fault.ts';
import { measureRecovery, type Recovery } from './recovery.ts';
import { Traffic } from './traffic.ts';
import { makeWorld, type World } from './world.ts';

const BEFORE_MS = 5_000;
const JITTER_MS = 2_000;
const AFTER_MS = 8_000;
const SETTLE_WITHIN_MS = 180_000;

export interface DrillOptions {
  seed: number;
  sends: number;
}

/** What a drill needs of the Atrium that it breaks. */
export interface Drilled {
  gateways: readonly string[];
  /** `env` says where its servers are, to its operator. */
  file: { env: Record<string, string> };
  /** Resolves once all of it is ready. */
  ready(withinMs: number): Promise<void>;
}

export interface Outcome {
  name: string;
  violations: Violation[];
  acknowledged: number;
  recovery: Recovery;
  history: History;
  stored: Stored;
}

/** One fault under load: the world it happens to is its own, the system is handed on to the next. */
export async function runDrill<S extends Drilled>(system: S, fault: Fault<S>, { seed, sends }: DrillOptions): Promise<Outcome> {
  const { name } = fault;
  await system.ready(SETTLE_WITHIN_MS);
  const world = await makeWorld(system.gateways);
  const plan = makePlan(randomOf(seedFrom(seed, name)), sends);
  const beforeMs = BEFORE_MS + plan.jitter * JITTER_MS;
  let endedAt = 0;
  const striking = sleep(beforeMs).then(async () => {
    endedAt = Date.now();
    const forgotten = await fault.strike(system);
    // What happens in a moment is over with it; the rest is recovery.
    if (fault.lastsMs > 0) endedAt = Date.now();
    return forgotten;
  });
  const everybody = [...world.residents, ...world.guests];
  const [forgotten] = await Promise.all([striking, new Traffic(world).run(plan, beforeMs + fault.lastsMs + AFTER_MS)]);
  const gatherer = await Gatherer.to(system.file.env['DATABASE_URL']!);
  try {
    if (forgotten) forget(world.history, forgotten);
    const restless = await settle(system, world, gatherer);
    const filesSettledAt = await settleFiles(world, gatherer, endedAt);
    // Nobody is told anything more: what they were told is compared with what was stored after it.
    for (const one of everybody) one.close();
    const stored = await gatherer.gather(world.history);
    if (forgotten) forgetLists(world.history, forgotten, stored);
    const violations = [
      ...restless,
      ...checkHistory(world.history, stored),
      ...(await checkSystem(system)),
      ...(forgotten ? checkResets(world) : []),
    ];
    const acknowledged = world.history.sends.filter((send) => send.acknowledged).length;
    const recovery = measureRecovery(world.history, endedAt, filesSettledAt);
    return { name, violations, acknowledged, recovery, history: world.history, stored };
  } finally {
    for (const one of everybody) one.close();
    await gatherer.end();
  }
}

/** Until nothing is on its way to or from anybody. @returns what still is after minutes: it never will arrive */
async function settle(system: Drilled, world: World, gatherer: Gatherer): Promise<Violation[]> {
  const everybody = [...world.residents, ...world.guests];
  const isAnswered = await until(() => everybody.every((one) => one.unsettled === 0));
  await system.ready(SETTLE_WITHIN_MS);
  // A removal that could not be confirmed was answered with 503, and repeated was found done: its room may hear of it later.
  const isTold = await until(async () => (await gatherer.countBehind(world.rooms)) === 0);
  const isLevel = await until(async () => {
    const heads = await gatherer.heads(world.rooms);
    const { members } = await gatherer.gather(world.history);
    const seen = members.map(({ roomId, userId }) =>
      everybody.find((one) => one.userId === userId)?.hasSeen(roomId, heads.get(roomId) ?? 0),
    );
    return (await Promise.all(seen)).every((one) => one !== false);
  });
  const waiting = [
    ...(isAnswered ? [] : ['sends have no answer']),
    ...(isTold ? [] : ['rooms have not heard of all who came and went']),
    ...(isLevel ? [] : ['lists are behind their room']),
  ];
  return waiting.map((what) => ({ check: 'comes-to-rest', says: `${what} after ${SETTLE_WITHIN_MS / 1000} s` }));
}

/** @returns when every file had its end, or when that was given up */
async function settleFiles(world: World, gatherer: Gatherer, since: number): Promise<number> {
  let settledAt = since;
  await until(async () => {
    if ((await gatherer.countUnfinished(world.rooms)) === 0) return true;
    settledAt = Date.now();
    return false;
  });
  for (const upload of world.history.uploads) {
    const host = world.residents[hostOf(world.rooms.indexOf(upload.roomId))]!;
    const file = await host.persist('asking for a file', () => host.client.files.get(upload.roomId, upload.fileId));
    if (file) upload.status = file.status;
  }
  return settledAt;
}

/** Everybody has seen something of the time that was forgotten, and must not add to it. */
function checkResets({ residents, history }: World): Violation[] {
  const reset = new Set(history.resets.map(({ userId }) => userId));
  const unaware = residents.filter(({ userId }) => !reset.has(userId));
  return unaware.map(({ userId }) => ({ check: 'clients-reset', says: `${userId} was not told to load a room anew` }));
}

async function checkSystem(system: Drilled): Promise<Violation[]> {
  const results = await runChecks(findSystem(system.file.env));
  if (countFindings(results) === 0) return [];
  return results.flatMap(({ findings, waits }) => (waits ? [] : findings));
}

async function until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; Date.now() < giveUpAt; await sleep(100)) if (await condition()) return true;
  return false;
}
