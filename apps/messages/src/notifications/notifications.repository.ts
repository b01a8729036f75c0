import type { Notification } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { excerptOf } from './excerpt.ts';
import { COUNT_UP_TO, UNREAD, pageQuery, type Filter, type NotificationRow } from './notifications-query.ts';

/** A place in the list: the moment of a notification and its message. */
export type Place = { at: string; messageId: string };

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Before everything: nothing is dated later than this. */
export const BEGINNING: Place = { at: 'infinity', messageId: LAST_ID };

@Injectable()
export class NotificationsRepository {
  /** Newest first, of rooms the reader is in now. */
  async findPage(em: EntityManager, readerId: string, filter: Filter, from: Place & { limit: number }): Promise<Notification[]> {
    const { at, messageId, limit } = from;
    const called = filter === 'threads' ? [] : [at, messageId, limit, readerId];
    const rows = await em.execute<NotificationRow[]>(pageQuery(filter), [readerId, at, messageId, limit, ...called, limit]);
    return rows.map(toNotification);
  }

  async countUnread(em: EntityManager, readerId: string): Promise<number> {
    const { at, messageId } = BEGINNING;
    const [row] = await em.execute<{ unread: number }[]>(UNREAD, [
      readerId,
      at,
      messageId,
      COUNT_UP_TO,
      at,
      messageId,
      COUNT_UP_TO,
      readerId,
    ]);
    return row!.unread;
  }

  async findMoment(em: EntityManager, readerId: string, messageId: string): Promise<string | null> {
    const [row] = await em.execute<{ at: string }[]>(
      `select at from notifications where user_id = ? and message_id = ?
       union all
       select c.at from room_calls c join access a on a.room_id = c.room_id and a.user_id = ? and a.removed_at is null where c.message_id = ?`,
      [readerId, messageId, readerId, messageId],
    );
    return row ? new Date(row.at).toISOString() : null;
  }

  async readUpTo(em: EntityManager, readerId: string, at: string): Promise<void> {
    await em.execute('update notifications set read_at = now() where user_id = ? and read_at is null and at <= ?', [readerId, at]);
    await em.execute(
      `insert into notification_reads (user_id, up_to, read_at) values (?, ?, now())
       on conflict (user_id) do update set up_to = excluded.up_to, read_at = excluded.read_at where notification_reads.up_to < excluded.up_to`,
      [readerId, at],
    );
  }

  /** What stands in the room itself, up to where its reader has come; or in one thread. */
  async readInRoom(em: EntityManager, readerId: string, read: { roomId: string; seq: number; threadId?: string }): Promise<void> {
    await em.execute(
      `update notifications set read_at = now() where user_id = ? and room_id = ? and seq <= ? and read_at is null
          and ${read.threadId === undefined ? 'thread_id is null' : 'thread_id = ?'}`,
      [readerId, read.roomId, read.seq, ...(read.threadId === undefined ? [] : [read.threadId])],
    );
  }
}

function toNotification(row: NotificationRow): Notification {
  return {
    id: row.message_id,
    at: new Date(row.at).toISOString(),
    roomId: row.room_id,
    messageId: row.message_id,
    seq: row.seq,
    ...(row.thread_id !== null && { threadId: row.thread_id }),
    actorId: row.actor_id,
    reasons: row.reasons as Notification['reasons'],
    excerpt: excerptOf(row.body),
    ...(row.read_at !== null && { readAt: new Date(row.read_at).toISOString() }),
  };
}
