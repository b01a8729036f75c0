import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/**
 * An answer to one message or run, known in messages by its `clientId`; kept until well after nothing can be delivered
 * again that would want it.
 */
export type StoredAnswer = { messageId: string; roomId: string; parentId: string | null; body: string; clientId: string; posted: boolean };
export type NewAnswer = Omit<StoredAnswer, 'posted'>;

@Injectable()
export class AnswersRepository {
  async find(em: EntityManager, messageId: string): Promise<StoredAnswer | null> {
    const [row] = await em.execute<StoredAnswer[]>(
      `select message_id "messageId", room_id "roomId", parent_id "parentId", body,
              coalesce(client_id, 'bot:' || message_id) "clientId", posted_at is not null "posted"
         from answers where message_id = ?`,
      [messageId],
    );
    return row ?? null;
  }

  /** Keeps an answer, unless another instance was first. */
  async add(tx: EntityManager, { messageId, roomId, parentId, body, clientId }: NewAnswer): Promise<void> {
    await tx.execute(
      'insert into answers (message_id, room_id, parent_id, body, client_id) values (?, ?, ?, ?, ?) on conflict do nothing',
      [messageId, roomId, parentId, body, clientId],
    );
  }

  async countLastMinute(tx: EntityManager, roomId: string): Promise<number> {
    const [row] = await tx.execute<{ count: number }[]>(
      `select count(*)::int "count" from answers where room_id = ? and created_at > clock_timestamp() - interval '1 minute'`,
      [roomId],
    );
    return row?.count ?? 0;
  }

  async markPosted(em: EntityManager, messageId: string): Promise<void> {
    await em.execute('update answers set posted_at = clock_timestamp() where message_id = ?', [messageId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from answers where created_at < now() - interval '1 day'`);
  }
}
