import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from '../load/histogram.ts';
import type { Seat, Target } from '../load/seats.ts';

export type RoomsResult = {
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  ackP50: number;
  ackP99: number;
  messages: number;
  refused: number;
  cpu: Map<string, number>;
};
/** `cpu` is read before and after the measured time: seconds used so far, by process. */
type Options = { rooms: number; membersPerRoom: number; seconds: number; cpu: () => Map<string, number> };

const BODY = 'The quick brown fox jumps over the lazy dog, again and again.';
/** Until the code under load is compiled: the first seconds of a process carry a tenth less. */
const WARM_UP_MS = 5000;

/** Everyone in every room keeps `window` sends in flight. */
export async function closedLoop(target: Target, options: Options & { window: number }): Promise<RoomsResult> {
  const meter = new Meter();
  const seats = await fill(target, options, meter, (seat) => meter.send(seat));
  for (const seat of seats) for (let i = 0; i < options.window; i++) meter.send(seat);
  return meter.measure(options, seats);
}

/** A steady rate spread over all rooms, whether or not the last send is acknowledged. */
export async function openLoop(target: Target, options: Options & { perSecond: number }): Promise<RoomsResult> {
  const meter = new Meter();
  const seats = await fill(target, options, meter, () => undefined);
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * options.perSecond;
    for (; sent < due; sent++) meter.send(seats[(sent * 7) % seats.length]!);
  }, 1);
  const result = await meter.measure(options, seats);
  clearInterval(timer);
  return result;
}

async function fill(target: Target, options: Options, meter: Meter, onAck: (seat: Seat) => void): Promise<Seat[]> {
  const people = options.rooms * options.membersPerRoom;
  await target.prepare(people, options.rooms);
  const seats: Seat[] = [];
  for (let start = 0; start < people; start += 16) {
    const wave = Array.from({ length: Math.min(16, people - start) }, async (_, i) => {
      const person = start + i;
      const seat: Seat = await target.sit(person, person % options.rooms, {
        acked: (tag) => {
          meter.acked(tag);
          onAck(seat);
        },
        refused: () => {
          meter.refused++;
          onAck(seat);
        },
        delivered: (entries) => (meter.delivered += entries),
      });
      return seat;
    });
    seats.push(...(await Promise.all(wave)));
  }
  return seats;
}

class Meter {
  delivered = 0;
  refused = 0;
  private readonly latencies = new Histogram();
  private readonly sentAt = new Map<number, number>();
  private nextTag = 1;
  private running = true;

  send(seat: Seat): void {
    if (!this.running) return;
    const tag = this.nextTag++;
    this.sentAt.set(tag, performance.now());
    seat.send(tag, BODY);
  }

  acked(tag: number): void {
    const sentAt = this.sentAt.get(tag);
    this.sentAt.delete(tag);
    if (sentAt !== undefined) this.latencies.add(performance.now() - sentAt);
  }

  async measure({ seconds, cpu }: Options, seats: readonly Seat[]): Promise<RoomsResult> {
    await delay(WARM_UP_MS);
    this.latencies.clear();
    this.delivered = 0;
    this.refused = 0;
    const startedAt = performance.now();
    const before = cpu();
    await delay(seconds * 1000);
    const elapsed = (performance.now() - startedAt) / 1000;
    const result = {
      messages: this.latencies.count,
      messagesPerSecond: this.latencies.count / elapsed,
      deliveriesPerSecond: this.delivered / elapsed,
      ackP50: this.latencies.percentile(50),
      ackP99: this.latencies.percentile(99),
      refused: this.refused,
      cpu: new Map([...cpu()].map(([name, used]) => [name, used - (before.get(name) ?? 0)])),
    };
    this.running = false;
    for (const seat of seats) seat.close();
    return result;
  }
}
