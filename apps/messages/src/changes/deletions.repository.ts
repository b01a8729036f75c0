import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { MessageRow } from '../messages/message.row.ts';
import { PushQueue } from '../push/push-queue.ts';

/** For how long the text of a deleted message is kept for those who answer for the server. */
export const KEPT_FOR_DAYS = 30;
/** What else shows a message, or tells of it. */
const SHOW_IT = [
  'mentions',
  'message_versions',
  'reactions',
  'saved_messages',
  'notifications',
  'room_calls',
  'message_search',
  'link_jobs',
  'preview_images',
];
/** Few enough that nobody waits for the rows. */
const PURGED_AT_ONCE = 1000;

export type Burial = { by: string; reason: string | undefined; at: string };
export type ThreadCount = { rootId: string; replyCount: number; lastReplyAt: string | null };

@Injectable()
export class DeletionsRepository {
  constructor(private readonly pushes: PushQueue) {}

  /** Takes the text out of everything that shows it, into `deleted_messages`. */
  async bury(tx: EntityManager, row: MessageRow, { by, reason, at }: Burial): Promise<void> {
    await tx.execute(
      `insert into deleted_messages (message_id, room_id, author_id, deleted_by, deleted_at, reason, body, mentions, file_ids, versions)
       select m.id, m.room_id, m.author_id, ?, ?, ?, m.body, m.mentions, m.file_ids,
              (select coalesce(jsonb_agg(to_jsonb(v) - 'message_id' order by v.version), '[]') from message_versions v where v.message_id = m.id)
         from messages m where m.id = ?`,
      [by, at, reason ?? null, row.id],
    );
    await tx.execute(
      `update messages set body = '', mentions = null, reactions = null, previews = null, pinned_at = null, pinned_by = null, deleted_at = ? where id = ?`,
      [at, row.id],
    );
    for (const table of SHOW_IT) await tx.execute(`delete from ${table} where message_id = ?`, [row.id]);
    await this.pushes.takeBack(tx, row.id);
  }

  /** Some of what somebody wrote, in whatever rooms they have been in. */
  async writtenBy(em: EntityManager, authorId: string, limit: number): Promise<Pick<MessageRow, 'id' | 'room_id'>[]> {
    return em.execute<Pick<MessageRow, 'id' | 'room_id'>[]>(
      `select m.id, m.room_id from access a
         join messages m on m.room_id = a.room_id and m.author_id = a.user_id and m.deleted_at is null
        where a.user_id = ? order by m.room_id, m.seq limit ?`,
      [authorId, limit],
    );
  }

  /** One reply of a thread is gone: how often its root is answered now, and when last. */
  async recountReplies(tx: EntityManager, rootId: string): Promise<ThreadCount> {
    const [row] = await tx.execute<{ reply_count: number; last_reply_at: string | null }[]>(
      `update messages m set reply_count = m.reply_count - 1,
              last_reply_at = (select created_at from messages where parent_id = m.id and deleted_at is null order by seq desc limit 1)
        where m.id = ? returning reply_count, last_reply_at`,
      [rootId],
    );
    const { reply_count: replyCount, last_reply_at: lastReplyAt } = row!;
    return { rootId, replyCount, lastReplyAt: lastReplyAt === null ? null : new Date(lastReplyAt).toISOString() };
  }

  /** Forgets what was deleted long enough ago. @returns how many */
  async purge(em: EntityManager): Promise<number> {
    const rows = await em.execute<unknown[]>(
      `delete from deleted_messages where message_id in (
         select message_id from deleted_messages where deleted_at < now() - interval '${KEPT_FOR_DAYS} days'
          order by deleted_at limit ${PURGED_AT_ONCE} for update skip locked) returning 1`,
    );
    return rows.length;
  }
}
