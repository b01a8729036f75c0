import type { Webhook } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type NewWebhook = Pick<Webhook, 'id' | 'roomId' | 'kind' | 'name' | 'mayPing' | 'createdBy'> & { secretHash: Buffer };
export type KnownWebhook = Pick<Webhook, 'id' | 'roomId' | 'name' | 'mayPing'> & { secretHash: Buffer };
type OneWebhook = { roomId: string; webhookId: string };

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const COLUMNS = `id, room_id "roomId", kind, name, may_ping "mayPing", created_by "createdBy",
  to_char(created_at at time zone 'UTC', ${ISO}) "createdAt", to_char(last_used_at at time zone 'UTC', ${ISO}) "lastUsedAt"`;

@Injectable()
export class WebhooksRepository {
  async list(em: EntityManager, roomId: string): Promise<Webhook[]> {
    return em.execute<Webhook[]>(`select ${COLUMNS} from webhooks where room_id = ? and removed_at is null order by created_at, id`, [
      roomId,
    ]);
  }

  async add(tx: EntityManager, webhook: NewWebhook): Promise<Webhook> {
    const [row] = await tx.execute<Webhook[]>(
      `insert into webhooks (id, room_id, kind, name, may_ping, secret_hash, created_by) values (?, ?, ?, ?, ?, ?, ?) returning ${COLUMNS}`,
      [webhook.id, webhook.roomId, webhook.kind, webhook.name, webhook.mayPing, webhook.secretHash, webhook.createdBy],
    );
    return row!;
  }

  async change(
    tx: EntityManager,
    { roomId, webhookId, name, mayPing }: OneWebhook & { name?: string | undefined; mayPing?: boolean | undefined },
  ) {
    const [row] = await tx.execute<Webhook[]>(
      `update webhooks set name = coalesce(?, name), may_ping = coalesce(?, may_ping)
        where room_id = ? and id = ? and removed_at is null returning ${COLUMNS}`,
      [name ?? null, mayPing ?? null, roomId, webhookId],
    );
    return row ?? null;
  }

  async remove(tx: EntityManager, { roomId, webhookId }: OneWebhook): Promise<boolean> {
    const rows = await tx.execute<unknown[]>(
      'update webhooks set removed_at = now() where room_id = ? and id = ? and removed_at is null returning 1',
      [roomId, webhookId],
    );
    return rows.length > 0;
  }

  /** For whoever posts to it: the room is the webhook's, and the secret is all that they need to know. */
  async findForPost(em: EntityManager, webhookId: string): Promise<KnownWebhook | null> {
    const [row] = await em.execute<KnownWebhook[]>(
      `select id, room_id "roomId", name, may_ping "mayPing", secret_hash "secretHash" from webhooks
        where id = ? and kind = 'incoming' and removed_at is null`,
      [webhookId],
    );
    return row ?? null;
  }

  async noteUse(em: EntityManager, webhookId: string): Promise<void> {
    await em.execute('update webhooks set last_used_at = now() where id = ?', [webhookId]);
  }
}
