import { setTimeout as delay } from 'node:timers/promises';
import type { AtriumTarget } from '../load/atrium-target.ts';
import { fill } from '../load/fill.ts';
import { Histogram } from '../load/histogram.ts';

export type CatchUpResult = { clients: number; entries: number; levelMs: Histogram; othersBefore: Histogram; othersMeanwhile: Histogram };

const CLIENTS = 200;
/** Fewer than a person may have: one of them talks as well. */
const SOCKETS_EACH = 10;
const ENTRIES = 500;
const OTHERS_EVERY_MS = 20;
const QUIET_MS = 3000;
const ROUNDS = 5;

/** Many clients come back at once, each hundreds of entries behind, while two people in another room go on talking. */
export async function catchUp(atrium: AtriumTarget, { room }: { room: number }): Promise<CatchUpResult> {
  const other = room + 1;
  await atrium.prepare(CLIENTS / SOCKETS_EACH, other + 1);
  const levelMs = new Histogram();
  const talk = await Talk.begin(atrium, other);
  const [othersBefore, othersMeanwhile] = [new Histogram(), new Histogram()];
  await talk.during(delay(QUIET_MS), othersBefore);
  for (let round = 0; round < ROUNDS; round++) {
    const head = await atrium.headOf(0, room);
    await fill(atrium, room, ENTRIES, (index) => `message ${index} that was said while they were away`);
    const returning = Array.from({ length: CLIENTS }, (_, i) => comeBack(atrium, { person: i % (CLIENTS / SOCKETS_EACH), room, head }));
    await talk.during(
      Promise.all(returning).then((times) => times.forEach((ms) => levelMs.add(ms))),
      othersMeanwhile,
    );
  }
  talk.end();
  return { clients: CLIENTS, entries: ENTRIES, levelMs, othersBefore, othersMeanwhile };
}

/** @returns milliseconds until a client that had everything up to `head` has everything */
async function comeBack(atrium: AtriumTarget, { person, room, head }: { person: number; room: number; head: number }): Promise<number> {
  const startedAt = performance.now();
  let missing = ENTRIES;
  let level = () => {};
  const isLevel = new Promise<void>((resolve) => (level = resolve));
  const delivered = (entries: number) => {
    missing -= entries;
    if (missing <= 0) level();
  };
  const seat = await atrium.sit(person, room, { acked: () => undefined, refused: () => undefined, delivered }, head);
  await isLevel;
  seat.close();
  return performance.now() - startedAt;
}

/** Somebody who sends on and on, and how long each acknowledgement takes. */
class Talk {
  private readonly sentAt = new Map<number, number>();
  private latencies: Histogram | undefined;
  private timer: NodeJS.Timeout | undefined;
  private leave = () => {};

  static async begin(atrium: AtriumTarget, room: number): Promise<Talk> {
    const talk = new Talk();
    const seat = await atrium.sit(0, room, {
      acked: (tag) => talk.acked(tag),
      refused: (code) => process.stderr.write(`refused: ${code}\n`),
      delivered: () => undefined,
    });
    let tag = 0;
    talk.timer = setInterval(() => {
      talk.sentAt.set(++tag, performance.now());
      seat.send(tag, 'and so on');
    }, OTHERS_EVERY_MS);
    talk.leave = () => seat.close();
    return talk;
  }

  /** Notes how long acknowledgements take until something is over. */
  async during(what: Promise<unknown>, latencies: Histogram): Promise<void> {
    this.latencies = latencies;
    await what;
    this.latencies = undefined;
  }

  end(): void {
    clearInterval(this.timer);
    this.leave();
  }

  private acked(tag: number): void {
    const sentAt = this.sentAt.get(tag);
    this.sentAt.delete(tag);
    if (sentAt !== undefined) this.latencies?.add(performance.now() - sentAt);
  }
}
