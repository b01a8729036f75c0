import { type ConnectionState, Observable, RoomList, TypingMembers } from '@atrium/client';
import type { DirectoryUser, Room, TimelineEntry } from '@atrium/contracts';
import { queryClient } from '../kit/query-client.ts';
import { PersonalNotes } from './personal-notes.ts';
import { takePoll } from './polls.ts';
import { railWishes } from './use-rail-wish.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { refreshFromEntries, renew, showFileProgress } from './entry-queries.ts';
import type { Person } from '../session/offline-store.ts';
import { People } from './people.ts';
import { RoomReloads } from './room-reloads.ts';
import { Timelines } from './timelines.ts';

export type Removal = { reason: 'left' | 'kicked' | 'banned' | 'archived'; words?: string; until?: string };

/** Something plain that views can watch. */
class Watched<T> extends Observable<T> {
  constructor(private value: T) {
    super();
  }

  set(value: T): void {
    this.value = value;
    this.changed();
  }

  protected build(): T {
    return this.value;
  }
}

/** What frames outside the log tell of: those that were missed while the line was cut are told no more. */
const TOLD_ONCE = new Set<unknown>(['poll', 'saved', 'threads', 'lobby', 'reminders', 'credits']);

/** Everything that changes by itself while the page is open, fed by one socket. */
class Live {
  readonly rooms = new RoomList();
  readonly typing = new TypingMembers();
  readonly people = new People();
  readonly timelines = new Timelines(() => this.#userId);
  /** Answers to this user alone. */
  readonly notes = new PersonalNotes();
  readonly connection = new Watched<ConnectionState>({ name: 'idle' });
  /** Rooms this user was taken out of while looking. */
  readonly removals = new Watched<ReadonlyMap<string, Removal>>(new Map());
  #userId: string | undefined;
  /** Frames of two servers may overtake each other. */
  #fundsVersion = 0;
  readonly #reloads = new RoomReloads({
    fetch: (roomId) => client.rooms.get(roomId),
    take: (room) => {
      // Left, or signed out, since.
      if (!room.me || !this.rooms.get(room.id)) return true;
      queryClient.setQueryData(['room', room.id], room);
      return this.rooms.put(room);
    },
  });

  constructor() {
    const { realtime } = client;
    realtime.on('state', (state) => this.connection.set(state));
    realtime.on('ready', (ready) => {
      if (this.rooms.loaded) void this.#renewOwnUser();
      const unheard = ready.rooms.filter((room) => this.#isUnheard(room));
      this.rooms.replace(ready.userId, ready.rooms);
      for (const room of ready.rooms) this.#learnPeople(room);
      this.timelines.renewKept();
      for (const { id } of unheard) this.#renew(id);
      this.people.renew();
    });
    realtime.on('timeline', ({ roomId, entries }) => this.#apply(roomId, entries));
    realtime.on('reset', ({ roomId }) => this.#reset(roomId));
    realtime.on('read', (marker) => void (this.rooms.read(marker) && this.#reloads.ask(marker.roomId)));
    realtime.on('typing', ({ roomId, userId, typing }) => this.typing.set(roomId, userId, typing));
    realtime.on('presence', ({ userId, status }) => this.people.setStatus(userId, status));
    // Nobody told who came and went while another room, or none, was on the screen.
    realtime.on('focused', ({ roomId }) => renew({ queryKey: ['members', roomId] }));
    realtime.on('person', (person) => this.#person(person));
    realtime.on('room.notify', (level) => this.rooms.notify(level));
    realtime.on('file.progress', showFileProgress);
    realtime.on('note', (note) => this.notes.put(note));
    realtime.on('poll', takePoll);
    realtime.on('ready', () => renew({ predicate: ({ queryKey }) => TOLD_ONCE.has(queryKey[0]) }));
    // What could not be fetched without the line is fetched with it.
    realtime.on('ready', () => void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' }));
    realtime.on('saved', () => renew({ queryKey: ['saved'] }));
    realtime.on('thread.followed', () => renew({ queryKey: ['threads'] }));
    realtime.on('credits', (funds) => this.#takeFunds(funds));
    realtime.on('room.joined', ({ room }) => {
      this.#forgive(room.id);
      this.rooms.put(room);
      this.#learnPeople(room);
      // Opened with the answer to joining, it may lack what came before the socket followed it.
      this.#renew(room.id);
    });
    realtime.on('room.removed', ({ roomId, reason, ...told }) => this.#removed(roomId, reason && { reason, ...told }));
    realtime.on('room.acting', (acting) => this.rooms.act(acting));
    realtime.on('favourite', ({ roomId, favourite }) => {
      this.rooms.favour(roomId, favourite);
      // Two changes of one moment can be told in either order.
      void this.#reloads.ask(roomId);
    });
    realtime.on('hand', ({ roomId }) => renew({ queryKey: ['members', roomId] }));
  }

  /** Follows what concerns this user until `stop()`. */
  start(userId: string): void {
    if (this.#userId === userId) return;
    this.#userId = userId;
    client.realtime.open();
    void this.#loadRooms(userId);
  }

  stop(): void {
    this.#userId = undefined;
    client.realtime.close();
    this.rooms.clear();
    this.typing.clear();
    this.timelines.clear();
    this.notes.clear();
    this.removals.set(new Map());
    this.#fundsVersion = 0;
    queryClient.clear();
    railWishes.setOwn();
  }

  /** A room joined here: shown at once, before the socket tells. */
  joined(room: Parameters<RoomList['put']>[0]): void {
    this.#forgive(room.id);
    this.rooms.put(room);
    this.#learnPeople(room);
  }

  /** A room left here. */
  left(roomId: string): void {
    this.rooms.remove(roomId);
    this.timelines.forget(roomId);
  }

  #apply(roomId: string, entries: TimelineEntry[]): void {
    this.people.learnEntries(entries);
    this.rooms.apply(roomId, entries);
    this.timelines.apply(roomId, entries);
    for (const entry of entries) {
      if (entry.type === 'message.created') this.typing.set(roomId, entry.message.authorId, false);
      if (isDeparture(entry)) this.typing.set(roomId, entry.userId, false);
    }
    // Whoever is out has nothing left to fetch.
    const isOut = entries.some((entry) => isDeparture(entry) && entry.userId === this.#userId);
    if (!isOut) refreshFromEntries(roomId, entries);
    if (!isOut && entries.some((entry) => this.rooms.isTouchedBy(roomId, entry))) void this.#reloads.ask(roomId);
  }

  /** Whether it is followed only from now on, and something happened in it since it was read over HTTP: no entry tells of that. */
  #isUnheard({ id, lastSeq }: Room): boolean {
    return client.realtime.seqOf(id) === undefined && this.rooms.get(id)?.lastSeq !== lastSeq;
  }

  #reset(roomId: string): void {
    this.timelines.reset(roomId);
    this.#refetch(roomId);
  }

  #renew(roomId: string): void {
    this.timelines.renew(roomId);
    this.#refetch(roomId);
  }

  #refetch(roomId: string): void {
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === roomId });
  }

  #removed(roomId: string, removal?: Removal): void {
    this.left(roomId);
    // Leaving on purpose needs no explanation, and for what happened unseen there is none.
    if (removal && removal.reason !== 'left') this.removals.set(new Map(this.removals.snapshot()).set(roomId, removal));
    void queryClient.invalidateQueries({ queryKey: ['room', roomId] });
  }

  /** Who of a direct room is there. */
  #learnPeople(room: Room): void {
    for (const { id, status } of room.people ?? []) this.people.setStatus(id, status);
  }

  #forgive(roomId: string): void {
    const rest = new Map(this.removals.snapshot());
    if (rest.delete(roomId)) this.removals.set(rest);
  }

  /** Somebody has another name, picture or status; oneself perhaps, on another device. */
  #person(person: DirectoryUser & { version?: number | undefined }): void {
    if (!this.people.hear(person)) return;
    if (person.id !== this.#userId) return;
    const { displayName, avatarUrl, presence, statusText = '', statusEmoji, statusUntil, timeZone } = person;
    session.update({ displayName, avatarUrl: avatarUrl ?? undefined, presence, statusText, statusEmoji, statusUntil, timeZone });
  }

  #takeFunds({ balance, held, version }: { balance: number; held: number; version?: number | undefined }): void {
    if (version !== undefined && version < this.#fundsVersion) return;
    this.#fundsVersion = version ?? this.#fundsVersion;
    session.update({ credits: balance - held });
    void queryClient.invalidateQueries({ queryKey: ['credits'] });
  }

  /** What is told of oneself once may have been missed while the line was cut. */
  async #renewOwnUser(): Promise<void> {
    const [userId, version] = [this.#userId, this.#fundsVersion];
    const user = await client.me.get().catch(() => undefined);
    if (user && userId === this.#userId && version === this.#fundsVersion) session.update(user);
  }

  /** The socket's snapshot is better; this one shows the rooms when no socket can be had, or what was kept of them. */
  async #loadRooms(userId: string): Promise<void> {
    const page = await client.rooms.list({ scope: 'joined', limit: 100 }).catch(() => undefined);
    const { rooms, people } = page ? { rooms: page.items, people: [] } : await readKept(userId);
    if (this.#userId !== userId || this.rooms.loaded || (!page && rooms.length === 0)) return;
    this.people.learn(people);
    this.rooms.replace(userId, rooms);
  }
}

const DEPARTURES = ['member.left', 'member.kicked', 'member.banned'] as const;
type Departure = Extract<TimelineEntry, { type: (typeof DEPARTURES)[number] }>;
const isDeparture = (entry: TimelineEntry): entry is Departure => DEPARTURES.some((type) => type === entry.type);

/** Arrives only when it is needed; a browser that keeps nothing has nothing. */
const readKept = async (userId: string): Promise<{ rooms: Room[]; people: Person[] }> =>
  import('../session/offline-store.ts').then((kept) => kept.findRoomsAndPeople(userId)).catch(() => ({ rooms: [], people: [] }));

export const live = new Live();
