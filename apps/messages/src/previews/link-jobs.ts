import { CONFIG } from '@atrium/service-kit';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { MessagesConfig } from '../config.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { mayLink } from './shown-links.ts';

export type LinkJob = { messageId: string; roomId: string; version: number; body: string };
type Read = Pick<MessageRow, 'id' | 'room_id' | 'body' | 'version' | 'deleted_at' | 'created_at'>;

/** Whoever takes a job has so long to end it; then somebody else does. */
const LEASE_SECONDS = 60;
const MOST_TRIES = 3;
/** What was said longer ago is read again when an index is made anew, and nobody waits to see its links. */
const NEW_FOR_MS = 3_600_000;

/** Which messages have links that nobody has looked at. Made as the log is read, so that no send waits for it. */
@Injectable()
export class LinkJobs {
  private readonly isOn: boolean;

  constructor(@Inject(CONFIG) config: MessagesConfig) {
    this.isOn = config.MESSAGES_LINK_PREVIEWS === 'on';
  }

  /** One for each version of a message: what else happens to it changes none of its links. */
  async add(tx: EntityManager, messages: readonly Read[]): Promise<void> {
    const since = Date.now() - NEW_FOR_MS;
    const linking = messages.filter(
      ({ body, version, deleted_at, created_at }) =>
        deleted_at === null && (version > 1 || mayLink(body)) && new Date(created_at).getTime() > since,
    );
    if (!this.isOn || linking.length === 0) return;
    const rows = linking.map(({ id, room_id, version }) => ({ message_id: id, room_id, version }));
    await tx.execute(
      `insert into link_jobs as j (message_id, room_id, version, due_at)
       select message_id, room_id, version, now() from jsonb_to_recordset(?::jsonb) as d (message_id uuid, room_id uuid, version int)
        order by message_id
       on conflict (message_id) do update set version = excluded.version, tries = 0, due_at = now() where j.version < excluded.version`,
      [JSON.stringify(rows)],
    );
  }

  /** The job that is due longest, for a while; it is done again when it is not ended by then. */
  async take(em: EntityManager): Promise<LinkJob | null> {
    const [row] = await em.execute<{ message_id: string; room_id: string; version: number; body: string | null }[]>(
      `with due as (select message_id from link_jobs where due_at <= now() order by due_at limit 1 for update skip locked)
       update link_jobs j set tries = tries + 1,
              due_at = case when tries + 1 >= ${MOST_TRIES} then null else now() + interval '${LEASE_SECONDS} seconds' end
         from due left join messages m on m.id = due.message_id
        where j.message_id = due.message_id returning j.message_id, j.room_id, j.version, m.body`,
    );
    return row ? { messageId: row.message_id, roomId: row.room_id, version: row.version, body: row.body ?? '' } : null;
  }

  async end(tx: EntityManager, { messageId, version }: LinkJob): Promise<void> {
    await tx.execute('update link_jobs set due_at = null where message_id = ? and version = ?', [messageId, version]);
  }
}
