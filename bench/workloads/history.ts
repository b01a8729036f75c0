import type { AtriumTarget } from '../load/atrium-target.ts';
import { fill } from '../load/fill.ts';
import { Histogram } from '../load/histogram.ts';

const READS = 500;

/** Fills a room, then reads its newest page again and again. */
export async function history(atrium: AtriumTarget, { messages, room }: { messages: number; room: number }): Promise<Histogram> {
  await fill(atrium, room, messages, (index) => `message ${index} of a long history`);
  const latencies = new Histogram();
  for (let i = 0; i < READS; i++) {
    const startedAt = performance.now();
    await atrium.readNewest(0, room, 50);
    latencies.add(performance.now() - startedAt);
  }
  return latencies;
}
