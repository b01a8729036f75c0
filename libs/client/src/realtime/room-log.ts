import { MAX_RESUME_ENTRIES, type Room, type TimelineEntry } from '@atrium/contracts';
import { Emitter } from '../emitter.ts';
import { AtriumError } from '../errors.ts';
import { Backoff } from './backoff.ts';

type Cursor = { seq: number; epoch: string | undefined; ahead: Map<number, TimelineEntry>; filling: boolean };
type EventsPage = { items: TimelineEntry[]; hasAfter: boolean; lastSeq: number };
type RoomLogEvents = {
  /** Entries in order, each once, without a hole. */
  entries: { roomId: string; entries: TimelineEntry[] };
  /** Too far behind, or restored from a backup: what is known of the room is void; load its newest page. */
  reset: { roomId: string };
  /** This user is no longer in it, which nothing said before. */
  removed: { roomId: string };
};
type FetchEvents = (roomId: string, after: number) => Promise<EventsPage>;

/** How far this client has read each room's log; turns what arrives into an unbroken sequence. */
export class RoomLog extends Emitter<RoomLogEvents> {
  readonly #cursors = new Map<string, Cursor>();

  constructor(private readonly fetchEvents: FetchEvents) {
    super();
  }

  seqOf(roomId: string): number | undefined {
    return this.#cursors.get(roomId)?.seq;
  }

  resume(): { rooms: Record<string, number>; epochs: Record<string, string> } {
    const rooms: Record<string, number> = {};
    const epochs: Record<string, string> = {};
    for (const [roomId, cursor] of this.#cursors) {
      rooms[roomId] = cursor.seq;
      if (cursor.epoch !== undefined) epochs[roomId] = cursor.epoch;
    }
    return { rooms, epochs };
  }

  /** The server's snapshot: rooms new to us start at its head, reset ones start over, others wait for their entries. */
  begin(rooms: readonly Room[], reset: readonly string[]): void {
    const joined = new Set(rooms.map((room) => room.id));
    for (const roomId of [...this.#cursors.keys()]) if (!joined.has(roomId)) this.#lose(roomId);
    for (const room of rooms) {
      const known = this.#cursors.get(room.id);
      if (known && !reset.includes(room.id)) {
        known.epoch = room.epoch;
        continue;
      }
      this.#cursors.set(room.id, { seq: room.lastSeq, epoch: room.epoch, ahead: new Map(), filling: false });
      if (known) this.emit('reset', { roomId: room.id });
    }
  }

  /** A room joined on a living socket. */
  follow(room: Room): void {
    const known = this.#cursors.get(room.id);
    if (known) known.epoch = room.epoch;
    else this.#cursors.set(room.id, { seq: room.lastSeq, epoch: room.epoch, ahead: new Map(), filling: false });
  }

  /** A room this user is known to be no longer in. */
  forget(roomId: string): void {
    this.#cursors.delete(roomId);
  }

  clear(): void {
    this.#cursors.clear();
  }

  receive(roomId: string, entries: readonly TimelineEntry[]): void {
    const first = entries[0];
    if (first === undefined) return;
    let cursor = this.#cursors.get(roomId);
    if (!cursor) {
      // Entries may overtake the news that we joined.
      cursor = { seq: first.seq - 1, epoch: undefined, ahead: new Map(), filling: false };
      this.#cursors.set(roomId, cursor);
    }
    for (const entry of entries) if (entry.seq > cursor.seq) cursor.ahead.set(entry.seq, entry);
    this.#advance(roomId, cursor);
    if (cursor.ahead.size > 0) void this.#fill(roomId, cursor);
  }

  /** The server's own count per room: what was lost at the very end shows only here. */
  compare(heads: Record<string, number>): void {
    for (const [roomId, head] of Object.entries(heads)) {
      const cursor = this.#cursors.get(roomId);
      if (!cursor || head <= cursor.seq) continue;
      if (head - cursor.seq > MAX_RESUME_ENTRIES) {
        cursor.seq = head;
        cursor.ahead.clear();
        this.emit('reset', { roomId });
      } else void this.#fill(roomId, cursor);
    }
  }

  #lose(roomId: string): void {
    if (this.#cursors.delete(roomId)) this.emit('removed', { roomId });
  }

  #advance(roomId: string, cursor: Cursor): void {
    const entries: TimelineEntry[] = [];
    for (let next = cursor.ahead.get(cursor.seq + 1); next; next = cursor.ahead.get(cursor.seq + 1)) {
      cursor.ahead.delete(next.seq);
      cursor.seq = next.seq;
      entries.push(next);
    }
    if (entries.length > 0) this.emit('entries', { roomId, entries });
  }

  async #fill(roomId: string, cursor: Cursor): Promise<void> {
    if (cursor.filling) return;
    cursor.filling = true;
    const backoff = new Backoff();
    try {
      for (let more = true; more && this.#cursors.get(roomId) === cursor;) more = await this.#fetchSome(roomId, cursor, backoff);
    } finally {
      cursor.filling = false;
    }
  }

  /** Whether to go on. */
  async #fetchSome(roomId: string, cursor: Cursor, backoff: Backoff): Promise<boolean> {
    try {
      const page = await this.fetchEvents(roomId, cursor.seq);
      if (this.#cursors.get(roomId) !== cursor) return false;
      for (const entry of page.items) if (entry.seq > cursor.seq) cursor.ahead.set(entry.seq, entry);
      // Entries a member may not see (from before joining) leave a hole that nothing will ever fill.
      const first = page.items[0];
      if (first !== undefined && first.seq > cursor.seq + 1) cursor.seq = first.seq - 1;
      const before = cursor.seq;
      this.#advance(roomId, cursor);
      if (cursor.seq > before) return page.hasAfter || cursor.ahead.size > 0;
      // The log's reader may lag behind the push that showed the hole.
      if (cursor.ahead.size > 0) await pause(backoff.nextMs());
      return cursor.ahead.size > 0;
    } catch (error) {
      if (this.#cursors.get(roomId) !== cursor) return false;
      const failure = AtriumError.from(error);
      if (failure.status === 403 || failure.status === 404) this.#lose(roomId);
      if (!failure.retryable) return false;
      await pause((failure.retryAfterSeconds ?? 0) * 1000 + backoff.nextMs());
      return true;
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
