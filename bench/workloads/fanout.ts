import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from '../load/histogram.ts';
import type { Seat, Target } from '../load/seats.ts';

export type FanoutStep = { offeredPerSecond: number; deliveriesPerSecond: number; deliveryP99: number };
export type FanoutResult = { best: FanoutStep; steps: FanoutStep[] };

const SENDERS = 20;
const STEP_MS = 4000;
const LIMIT_MS = 250;
/** Latency is read on every so manyth socket: reading it on all would measure the reader. */
const SAMPLE_EVERY = 25;

/** One room, many sockets, a rate that doubles until deliveries take more than 250 ms at the 99th percentile. */
export async function fanout(target: Target, options: { sockets: number; room: number }): Promise<FanoutResult> {
  await target.prepare(options.sockets, options.room + 1);
  const latencies = new Histogram();
  let delivered = 0;
  const seats: Seat[] = [];
  for (let start = 0; start < options.sockets; start += 16) {
    const wave = Array.from({ length: Math.min(16, options.sockets - start) }, (_, i) => {
      const person = start + i;
      return target.sit(person, options.room, {
        acked: () => undefined,
        refused: () => undefined,
        delivered: (entries, body) => {
          delivered += entries;
          if (person % SAMPLE_EVERY === 0) latencies.add(performance.now() - Number(body()));
        },
      });
    });
    seats.push(...(await Promise.all(wave)));
  }
  const steps: FanoutStep[] = [];
  let best: FanoutStep = { offeredPerSecond: 0, deliveriesPerSecond: 0, deliveryP99: 0 };
  for (let perSecond = 25; perSecond <= 51_200; perSecond *= 2) {
    await offer(seats, perSecond, 1000);
    latencies.clear();
    delivered = 0;
    const elapsed = await offer(seats, perSecond, STEP_MS);
    const step = { offeredPerSecond: perSecond, deliveriesPerSecond: delivered / elapsed, deliveryP99: latencies.percentile(99) };
    steps.push(step);
    if (!(step.deliveryP99 <= LIMIT_MS)) break;
    if (step.deliveriesPerSecond > best.deliveriesPerSecond) best = step;
  }
  for (const seat of seats) seat.close();
  await delay(500);
  return { best, steps };
}

async function offer(seats: readonly Seat[], perSecond: number, forMs: number): Promise<number> {
  const startedAt = performance.now();
  let sent = 0;
  while (performance.now() - startedAt < forMs) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; sent < due; sent++) seats[sent % SENDERS]!.send(sent, String(performance.now()));
    await delay(1);
  }
  return (performance.now() - startedAt) / 1000;
}
