import { setTimeout as delay } from 'node:timers/promises';
import { Acts, type Seated } from '../load/acts.ts';
import type { AtriumTarget, Connection } from '../load/atrium-target.ts';
import type { Histogram } from '../load/histogram.ts';
import type { Stored } from '../load/seats.ts';
import { teamOf, type Team } from '../load/team.ts';

export type DayHour = {
  hour: number;
  online: number;
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  acks: Histogram;
  opened: Histogram;
  /** Cores in use, by process. */
  cores: Map<string, number>;
};
/** What people did over HTTP in the whole day: how long each took, and how often it was refused and why. */
export type DayResult = {
  people: number;
  like: number;
  rooms: number;
  places: number;
  hours: DayHour[];
  took: Map<string, Histogram>;
  refused: Map<string, number>;
};

/** How busy people are in each hour of the day, 1 on average over a day's eight hours of work. */
const BUSY: ReadonlyMap<number, number> = new Map([
  [7, 0.3],
  [8, 0.7],
  [9, 1.1],
  [10, 1.3],
  [11, 1.2],
  [12, 0.6],
  [13, 0.9],
  [14, 1.2],
  [15, 1.2],
  [16, 1],
  [17, 0.6],
  [18, 0.3],
]);
const [COME, GO] = [8.5, 17.3];
const LUNCH = 12;
const AWAY_AT_LUNCH = 0.3;
const TICK_MS = 10;
const PING_MS = 30_000;

type Colleague = { person: number; comes: number; goes: number; lunch: boolean; seat?: Connection | undefined; coming?: boolean };

/**
 * A working day of `like` people, played by fewer (`people`) in a day that is as many times shorter: what is sent, read
 * and delivered in a second is what so many people would, in rooms as large as theirs. Only the sockets are fewer.
 */
export async function day(
  atrium: AtriumTarget,
  options: { people: number; like: number; cpu: () => Map<string, number> },
): Promise<DayResult> {
  const random = Math.random;
  const team = teamOf(options.people, random);
  await atrium.prepare(options.people, 0);
  const roomIds: string[] = [];
  for (let start = 0; start < team.rooms.length; start += 8) {
    roomIds.push(...(await Promise.all(team.rooms.slice(start, start + 8).map((members) => atrium.gather(members)))));
  }
  const played = new Day(atrium, { ...options, roomIds, team, random });
  const hours: DayHour[] = [];
  for (const hour of BUSY.keys()) hours.push(await played.hour(hour, options.cpu));
  await played.end();
  const places = team.rooms.reduce((sum, { length }) => sum + length, 0);
  const { took, refused } = played.acts;
  return { people: options.people, like: options.like, rooms: team.rooms.length, places, hours, took, refused };
}

type Options = { people: number; like: number; roomIds: string[]; team: Team; random: () => number };

class Day {
  readonly acts: Acts;
  private readonly atrium: AtriumTarget;
  /** How many times shorter this day is. */
  private readonly speed: number;
  private readonly colleagues: Colleague[];
  private delivered = 0;
  private pingedAt = performance.now();

  constructor(atrium: AtriumTarget, options: Options) {
    this.atrium = atrium;
    this.acts = new Acts(atrium, options);
    this.speed = options.like / options.people;
    const around = (hour: number) => hour + options.random() + options.random() + options.random() - 1.5;
    this.colleagues = Array.from({ length: options.people }, (_, person) => ({
      person,
      comes: around(COME),
      goes: around(GO),
      lunch: options.random() < AWAY_AT_LUNCH,
    }));
  }

  /** Plays one hour. */
  async hour(hour: number, cpu: () => Map<string, number>): Promise<DayHour> {
    const [before, startedAt, lengthMs] = [cpu(), performance.now(), 3_600_000 / this.speed];
    const { acks, opened } = this.acts.beginHour();
    this.delivered = 0;
    for (let at = startedAt, last = startedAt; at - startedAt < lengthMs; last = at, at = performance.now()) {
      this.comeAndGo(hour + (at - startedAt) / lengthMs);
      this.acts.during((((at - last) * this.speed) / 3_600_000) * BUSY.get(hour)!, this.online);
      await delay(TICK_MS);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const cores = new Map([...cpu()].map(([name, used]) => [name, (used - (before.get(name) ?? 0)) / seconds]));
    return {
      hour,
      online: this.online.length,
      messagesPerSecond: acks.count / seconds,
      deliveriesPerSecond: this.delivered / seconds,
      acks,
      opened,
      cores,
    };
  }

  /** Everybody goes home, and what is under way ends. */
  async end(): Promise<void> {
    await this.acts.end();
    for (const { seat } of this.colleagues) seat?.close();
  }

  private get online(): Seated[] {
    return this.colleagues.filter((colleague): colleague is Colleague & Seated => colleague.seat !== undefined);
  }

  private comeAndGo(now: number): void {
    const ping = performance.now() - this.pingedAt > PING_MS;
    if (ping) this.pingedAt = performance.now();
    for (const colleague of this.colleagues) {
      const here = now >= colleague.comes && now < colleague.goes && !(colleague.lunch && now >= LUNCH && now < LUNCH + 1);
      if (here && !colleague.seat && !colleague.coming) this.acts.track('coming in', this.comeIn(colleague));
      if (!here) {
        colleague.seat?.close();
        colleague.seat = undefined;
      }
      if (ping) colleague.seat?.tell('ping', {});
    }
  }

  private async comeIn(colleague: Colleague): Promise<void> {
    colleague.coming = true;
    const listener = {
      acked: (tag: number, message?: Stored) => this.acts.acked(tag, message!),
      refused: (code: string) => this.acts.refuse(`a message or a read marker: ${code}`),
      delivered: (entries: number) => (this.delivered += entries),
    };
    try {
      colleague.seat = await this.atrium.connect(colleague.person, listener);
    } finally {
      colleague.coming = false;
    }
  }
}
