import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../tools/local/console.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import type { DrillSystem } from './system.ts';

/** How long people live with the one that took over, before the other comes back. */
const LIVES_ON_MS = 8_000;

/** The primary dies at once, another takes over, the first comes back and follows it; at last it is asked to lead again. */
export async function promoteReplica(system: DrillSystem): Promise<void> {
  const { sentinels } = system;
  if (!sentinels) throw new Refusal('Nobody follows Redis: give --redis 3.');
  const [first] = system.process('redis').ports;
  // A drill before this one may have left another in its place.
  await sentinels.handBack(first!);
  const from = Date.now();
  const halted = system.stack.halt('redis');
  system.signal('redis', 'SIGKILL');
  await halted;
  await sentinels.leads((port) => port !== first);
  say(`another Redis leads ${((Date.now() - from) / 1000).toFixed(1)} s after the end of the first`);
  await sleep(LIVES_ON_MS);
  await system.stack.resume('redis');
  await sentinels.follows(first!);
  await sentinels.handBack(first!);
  await sleep(LIVES_ON_MS);
}
