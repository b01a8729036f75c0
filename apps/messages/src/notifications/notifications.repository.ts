import type { Message, Notification } from '@atrium/contracts';
import { prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CALLS_READER, COUNT_UP_TO, UNREAD, pageQuery, type Filter, type NotificationRow } from './notifications-query.ts';
import { shownOf } from './shown-of.ts';

/** What somebody wrote in one place, from the first of it to the last. */
export type Written = Pick<Message, 'authorId' | 'roomId' | 'parentId' | 'seq'> & { firstSeq: number };
/** A place in the list: the moment of a notification and its message. */
export type Place = { at: string; messageId: string };

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Before everything: nothing is dated later than this. */
export const BEGINNING: Place = { at: 'infinity', messageId: LAST_ID };

/** Calls of a room of which its next message may be the answer. */
const LATEST_CALLS = 20;
/** A reply that the room shows too is read where one reads first. */
const ALSO_IN_ROOM = (of: string): string => `exists (select 1 from messages m where m.id = ${of}.message_id and m.also_in_room)`;
/** What an author wrote last before the first of it where they write it, be it in the room or in a thread: sought where somebody called. */
const SPOKE_BEFORE = `
  select o.seq from (
    select m.author_id, m.seq from messages m
     where m.room_id = w."roomId" and m.parent_id is null and (m.author_id, m.seq) < (w."authorId", w."firstSeq") and called.newest is not null
     order by m.author_id desc, m.seq desc limit 1) o where o.author_id = w."authorId" and w."parentId" is null
  union all select null limit 1`;

const unreadNotifications = prepared<{ unread: number }>('unread notifications', UNREAD);
const READ_UP_TO = 'update notifications n set read_at = now() where user_id = ? and room_id = ? and seq <= ? and read_at is null';
const readInRoom = prepared<never>('notifications read in a room', `${READ_UP_TO} and (thread_id is null or ${ALSO_IN_ROOM('n')})`);
const readInThread = prepared<never>('notifications read in a thread', `${READ_UP_TO} and thread_id = ?`);

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
    const [row] = await unreadNotifications(em, [readerId, at, messageId, COUNT_UP_TO, at, messageId, COUNT_UP_TO, readerId]);
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

  /** One of them, be it a call of a whole room. @returns whether the reader has it */
  async readOne(em: EntityManager, readerId: string, messageId: string): Promise<boolean> {
    const rows = await em.execute<unknown[]>(
      `insert into notifications as n (user_id, message_id, room_id, seq, thread_id, actor_id, reasons, at, read_at)
       select a.user_id, c.message_id, c.room_id, c.seq, c.thread_id, c.author_id, '{room}', c.at, now()
         from room_calls c join access a on a.room_id = c.room_id and a.user_id = ? and a.removed_at is null
        where c.message_id = ? and ${CALLS_READER}
       union all
       select user_id, message_id, room_id, seq, thread_id, actor_id, reasons, at, now() from notifications where user_id = ? and message_id = ?
       on conflict (user_id, message_id) do update set read_at = coalesce(n.read_at, excluded.read_at) returning 1`,
      [readerId, messageId, readerId, messageId],
    );
    return rows.length > 0;
  }

  /** What authors were told of where they write now, up to what they write. @returns those who had something unread there */
  async readByAuthors(em: EntityManager, written: readonly Written[]): Promise<string[]> {
    const rows = await em.execute<{ user_id: string }[]>(
      `with written as (
         select * from jsonb_to_recordset(?::jsonb) as t ("authorId" uuid, "roomId" uuid, "parentId" uuid, "firstSeq" integer, seq integer)
       ), done as (
         update notifications n set read_at = now() from written w
          where n.user_id = w."authorId" and n.room_id = w."roomId" and n.seq <= w.seq and n.read_at is null
            and (n.thread_id is not distinct from w."parentId" or (w."parentId" is null and ${ALSO_IN_ROOM('n')}))
         returning n.user_id)
       select user_id from done
       union
       select w."authorId" from written w
        cross join lateral (
          select max(c.seq) as newest from (select * from room_calls where room_id = w."roomId" order by at desc limit ${LATEST_CALLS}) c
           where c.seq < w.seq and (c.thread_id is not distinct from w."parentId" or (w."parentId" is null and ${ALSO_IN_ROOM('c')}))) called
        cross join lateral (${SPOKE_BEFORE}) b
        where called.newest > coalesce(b.seq, 0)`,
      [JSON.stringify(written)],
    );
    return rows.map((row) => row.user_id);
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
    const { roomId, seq, threadId } = read;
    if (threadId === undefined) await readInRoom(em, [readerId, roomId, seq]);
    else await readInThread(em, [readerId, roomId, seq, threadId]);
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
    ...shownOf({ authorId: row.actor_id, clientId: row.client_id ?? undefined, body: row.body }),
    ...(row.read_at !== null && { readAt: new Date(row.read_at).toISOString() }),
  };
}
