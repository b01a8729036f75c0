import { setTimeout as delay } from 'node:timers/promises';
import type { AtriumTarget } from '../load/atrium-target.ts';
import type { Watched } from '../load/cpu.ts';
import { memoryOf } from '../load/memory.ts';
import type { Seat } from '../load/seats.ts';

export type IdleResult = { sockets: number; bytesPerSocket: number; reachMs: number[] };

/** As many as one person may have. */
const SOCKETS_EACH = 20;
const WAVE = 16;
/** Memory is read once the garbage of so many arrivals has had a reason to go. */
const SETTLE_MS = 15_000;
const MESSAGES = 5;

/** One room with very many sockets that say nothing: what each costs the gateways, and how soon one message is at all of them. */
export async function idle(
  atrium: AtriumTarget,
  options: { sockets: number; room: number; gateways: readonly Watched[] },
): Promise<IdleResult> {
  const people = Math.ceil(options.sockets / SOCKETS_EACH);
  await atrium.prepare(people, options.room + 1);
  const arrivals = new Arrivals(options.sockets);
  const take = (index: number) =>
    atrium.sit(index % people, options.room, {
      acked: () => undefined,
      refused: () => undefined,
      delivered: (entries) => arrivals.add(entries),
    });
  const before = residentOf(options.gateways);
  const seats: Seat[] = [];
  for (let start = 0; start < options.sockets; start += WAVE) {
    const wave = Array.from({ length: Math.min(WAVE, options.sockets - start) }, (_, i) => take(start + i));
    seats.push(...(await Promise.all(wave)));
  }
  await delay(SETTLE_MS);
  const bytesPerSocket = (residentOf(options.gateways) - before) / options.sockets;
  const reachMs: number[] = [];
  for (let message = 0; message < MESSAGES; message++) {
    const sentAt = performance.now();
    const reached = arrivals.next();
    seats[message]!.send(message, 'one message to all');
    await reached;
    reachMs.push(performance.now() - sentAt);
    await delay(1000);
  }
  for (const seat of seats) seat.close();
  return { sockets: options.sockets, bytesPerSocket, reachMs };
}

const residentOf = (processes: readonly Watched[]) => [...memoryOf(processes).values()].reduce((sum, { resident }) => sum + resident, 0);

/** Counts one message at every socket. */
class Arrivals {
  private left = Infinity;
  private done = () => {};

  private readonly sockets: number;

  constructor(sockets: number) {
    this.sockets = sockets;
  }

  next(): Promise<void> {
    this.left = this.sockets;
    return new Promise((resolve) => (this.done = resolve));
  }

  add(entries: number): void {
    this.left -= entries;
    if (this.left <= 0) this.done();
  }
}
