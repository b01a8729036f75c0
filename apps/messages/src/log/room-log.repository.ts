import { Timelines, causeHeaders, currentCause } from '@atrium/bus';
import { AppError, type TimelineEntry, type TimelineHeader } from '@atrium/contracts';
import { Outbox, afterCommit, prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessRepository } from '../access/access.repository.ts';
import { WrittenRooms } from '../search/written-rooms.ts';
import { withinHorizon } from './horizon.ts';
import { commitOf, encodeEntry, roomTimeline, type NewEntry } from './log-entry.ts';

export type LockedRoom = { id: string; lastSeq: number; version: number; archivedAt: Date | null; isPurged: boolean };
type RoomRow = { id: string; last_seq: number; version: number; archived_at: string | null; purged_at: string | null };

const lockRoom = prepared<RoomRow>(
  'lock a room',
  'select id, last_seq, version, archived_at, purged_at from rooms where id = ? for no key update',
);
const addEntry = prepared<never>(
  'add an entry',
  'insert into entries (room_id, seq, type, at, actor_id, message_id, data) values (?, ?, ?, ?, ?, ?, ?)',
);
const moveHead = prepared<never>('move the head of a room', 'update rooms set last_seq = ? where id = ?');
const addCommit = prepared<never>('add a commit to the outbox', 'insert into outbox (id, subject, payload) values (?, ?, ?)');

/** Entries that may be about something older than the newest member. */
const SHOWING_FORMER_THINGS: ReadonlySet<string> = new Set([
  'message.edited',
  'message.previewed',
  'message.pinned',
  'message.unpinned',
  'file.status',
]);

export type AppendedMeta = Pick<TimelineHeader, 'removed' | 'archived'>;

/**
 * Appends entries other than new messages to a room's log. The row of the room is the lock that orders everything in
 * it: take it first, decide what to say while holding it, append.
 */
@Injectable()
export class RoomLogRepository {
  constructor(
    private readonly outbox: Outbox,
    private readonly timelines: Timelines,
    private readonly access: AccessRepository,
    private readonly written: WrittenRooms,
  ) {}

  /** Locks the room for the rest of the transaction. @throws AppError `room_not_found` */
  async lock(tx: EntityManager, roomId: string): Promise<LockedRoom> {
    const [row] = await lockRoom(tx, [roomId]);
    if (!row) throw new AppError('room_not_found');
    const { id, last_seq: lastSeq, version } = row;
    return { id, lastSeq, version, archivedAt: row.archived_at ? new Date(row.archived_at) : null, isPurged: row.purged_at !== null };
  }

  /**
   * Gives each entry the next `seq`, stores them, and publishes them after the commit.
   * @param meta what gateways must act on before they emit anything later, by `seq`
   * @returns the entries as stored
   */
  async append(
    tx: EntityManager,
    room: LockedRoom,
    entries: readonly NewEntry[],
    metaOf: (stored: TimelineEntry[]) => AppendedMeta = () => ({}),
  ): Promise<TimelineEntry[]> {
    // What is still told of a purged room has no log to go to.
    if (entries.length === 0 || room.isPurged) return [];
    const now = new Date().toISOString();
    const stored = entries.map(
      (entry, index) => ({ seq: room.lastSeq + index + 1, at: entry.at ?? now, actorId: entry.actorId, ...entry.body }) as TimelineEntry,
    );
    for (const [index, entry] of stored.entries()) {
      await addEntry(tx, [
        room.id,
        entry.seq,
        entry.type,
        entry.at,
        entry.actorId,
        entries[index]?.messageId ?? null,
        JSON.stringify(dataOf(entry)),
      ]);
    }
    room.lastSeq += stored.length;
    await moveHead(tx, [room.lastSeq, room.id]);
    const horizon = stored.some(({ type }) => SHOWING_FORMER_THINGS.has(type)) ? await this.access.findHorizonOfAll(tx, room.id) : null;
    await this.publish(
      tx,
      room.id,
      stored.map((entry) => withinHorizon(entry, horizon)),
      metaOf(stored),
    );
    return stored;
  }

  /** Nothing is told of the room any more; its log is emptied by and by. */
  async close(tx: EntityManager, roomId: string): Promise<void> {
    await tx.execute('update rooms set purged_at = now(), last_seq = 0, epoch = gen_random_uuid() where id = ?', [roomId]);
  }

  private async publish(tx: EntityManager, roomId: string, stored: TimelineEntry[], meta: AppendedMeta): Promise<void> {
    const header = { roomId, fromSeq: stored[0]!.seq, toSeq: stored.at(-1)!.seq, ...meta };
    const timeline = roomTimeline(header, stored.map(encodeEntry));
    const commit = commitOf([timeline]);
    await addCommit(tx, [commit.id, commit.subject, commit.pointer]);
    afterCommit(tx, () => {
      this.timelines.send(roomId, timeline.encoded);
      this.outbox.publishSoon([{ ...commit, headers: causeHeaders(currentCause()) }]);
      this.written.add(roomId);
    });
  }
}

/** What `entries.data` keeps. Messages are read from their own row, so that a later deletion also empties history. */
function dataOf(entry: TimelineEntry): Record<string, unknown> {
  const data: Record<string, unknown> = { ...entry };
  for (const key of ['seq', 'type', 'at', 'actorId', 'message']) delete data[key];
  return data;
}
