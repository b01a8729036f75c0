import type { AtriumTarget, Connection } from './atrium-target.ts';
import { Histogram } from './histogram.ts';
import type { Stored } from './seats.ts';
import type { Team } from './team.ts';

/** Somebody who is here. */
export type Seated = { person: number; seat: Connection };

/** What somebody does in an hour in which they are as busy as on average. */
const AN_HOUR = { message: 12, open: 24, react: 3, search: 0.5, upload: 0.25, ask: 0.1 };
type Act = keyof typeof AN_HOUR;
const IN_THREADS = 1 / 6;
/** Half of what is said is said to one person; in the room of all, hardly anything. */
const DIRECT = 0.5;
const TO_ALL = 0.002;
export const OPEN = 'a room opened';
const WORDS = 'the release waits for the last review and the tests of the payment service are green again since noon'.split(' ');

/** What people do: they write, look at rooms, react, search, upload, ask. */
export class Acts {
  readonly took = new Map<string, Histogram>();
  readonly refused = new Map<string, number>();
  private readonly atrium: AtriumTarget;
  private readonly options: { roomIds: readonly string[]; team: Team; random: () => number };
  private readonly sent = new Map<number, { at: number; room: number }>();
  /** The last message of each room that was acknowledged here. */
  private readonly newest = new Map<number, Stored>();
  private readonly withFiles = new Set<number>();
  private readonly underWay = new Set<Promise<void>>();
  private acks = new Histogram();
  private nextTag = 1;

  constructor(atrium: AtriumTarget, options: Acts['options']) {
    this.atrium = atrium;
    this.options = options;
  }

  /** @returns where acknowledgements and opened rooms are noted from now on */
  beginHour(): { acks: Histogram; opened: Histogram } {
    const opened = new Histogram();
    this.acks = new Histogram();
    this.took.set(OPEN, opened);
    return { acks: this.acks, opened };
  }

  async end(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** What those who are here do in so many of their hours. */
  during(hours: number, online: readonly Seated[]): void {
    for (const act of Object.keys(AN_HOUR) as Act[]) {
      const expected = hours * AN_HOUR[act] * online.length;
      const times = Math.floor(expected) + (this.options.random() < expected % 1 ? 1 : 0);
      for (let i = 0; i < times; i++) this[act](online[Math.floor(this.options.random() * online.length)]!);
    }
  }

  private message({ person, seat }: Seated): void {
    const room = this.roomFor(person);
    const tag = this.nextTag++;
    this.sent.set(tag, { at: performance.now(), room });
    const parent = this.options.random() < IN_THREADS ? this.newest.get(room)?.messageId : undefined;
    seat.send(this.options.roomIds[room]!, tag, `${this.words(12)}.`, parent);
  }

  private open({ person, seat }: Seated): void {
    const room = this.roomFor(person);
    const roomId = this.options.roomIds[room]!;
    const newest = this.newest.get(room);
    if (newest) seat.tell('read', { roomId, seq: newest.seq });
    this.track(OPEN, this.atrium.read(person, `/api/rooms/${roomId}/messages?limit=50`));
  }

  private react({ person }: Seated): void {
    const room = this.roomFor(person);
    const newest = this.newest.get(room);
    const path = `/api/rooms/${this.options.roomIds[room]}/messages/${newest?.messageId}/reactions/${encodeURIComponent('👍')}`;
    if (newest) this.track('a reaction', this.atrium.act(person, 'PUT', path));
  }

  private search({ person }: Seated): void {
    this.track('a search', this.atrium.search(person, this.words(2)));
  }

  private upload({ person }: Seated): void {
    const room = this.roomFor(person);
    const text = Array.from({ length: 100 }, () => `${this.words(12)}.`).join('\n');
    this.withFiles.add(room);
    this.track('an upload of 7 kB', this.atrium.upload(person, this.options.roomIds[room]!, `notes-${this.nextTag++}.txt`, text));
  }

  private ask({ person }: Seated): void {
    const room = this.options.team.roomsOf[person]!.find((one) => this.withFiles.has(one));
    const question = { question: 'Is the payment service green since noon?' };
    if (room === undefined) return;
    this.track('a question to a room', this.atrium.act(person, 'POST', `/api/rooms/${this.options.roomIds[room]}/ask`, question));
  }

  private roomFor(person: number): number {
    const { team, random } = this.options;
    const rooms = team.roomsOf[person]!;
    if (random() < TO_ALL) return rooms.at(-1)!;
    const isDirect = (room: number) => team.rooms[room]!.length === 2;
    const direct = random() < DIRECT;
    const suitable = rooms.slice(0, -1).filter((room) => isDirect(room) === direct);
    return suitable[Math.floor(random() * suitable.length)] ?? rooms[0]!;
  }

  acked(tag: number, message: Stored): void {
    const { at, room } = this.sent.get(tag)!;
    this.sent.delete(tag);
    this.acks.add(performance.now() - at);
    this.newest.set(room, message);
  }

  /** Notes how long something takes, or why it is refused. */
  track(act: string, done: Promise<void>): void {
    const startedAt = performance.now();
    const noted = done.then(
      () => {
        const latencies = this.took.get(act) ?? new Histogram();
        this.took.set(act, latencies);
        latencies.add(performance.now() - startedAt);
      },
      (error: Error) => this.refuse(`${act}: ${/"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message}`),
    );
    this.underWay.add(noted);
    void noted.finally(() => this.underWay.delete(noted));
  }

  refuse(why: string): void {
    this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
  }

  private words(count: number): string {
    return Array.from({ length: count }, () => WORDS[Math.floor(this.options.random() * WORDS.length)]).join(' ');
  }
}
