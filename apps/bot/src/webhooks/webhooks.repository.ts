import type { Webhook } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { WebhookSecrets } from './webhook-secrets.ts';

type NewWebhook = Pick<Webhook, 'id' | 'roomId' | 'kind' | 'name' | 'mayPing' | 'url' | 'events' | 'createdBy'> & {
  secretHash: Buffer;
  /** What an outgoing one signs with; sealed on its way into the row. */
  signingSecret: string | null;
};
export type KnownWebhook = Pick<Webhook, 'id' | 'roomId' | 'name' | 'mayPing'> & { secretHash: Buffer };
type OneWebhook = { roomId: string; webhookId: string };
type Changes = Partial<Record<'name' | 'url', string | undefined>> & {
  mayPing?: boolean | undefined;
  events?: readonly string[] | undefined;
  enabled?: boolean | undefined;
};

const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const COLUMNS = `id, room_id "roomId", kind, name, may_ping "mayPing", url, events, created_by "createdBy",
  ${at('created_at')} "createdAt", ${at('last_used_at')} "lastUsedAt",
  ${at('failing_since')} "failingSince", ${at('disabled_at')} "disabledAt"`;

@Injectable()
export class WebhooksRepository {
  constructor(private readonly secrets: WebhookSecrets) {}

  async list(em: EntityManager, roomId: string): Promise<Webhook[]> {
    return em.execute<Webhook[]>(`select ${COLUMNS} from webhooks where room_id = ? and removed_at is null order by created_at, id`, [
      roomId,
    ]);
  }

  async find(em: EntityManager, { roomId, webhookId }: OneWebhook): Promise<Webhook | null> {
    const [row] = await em.execute<Webhook[]>(`select ${COLUMNS} from webhooks where room_id = ? and id = ? and removed_at is null`, [
      roomId,
      webhookId,
    ]);
    return row ?? null;
  }

  async add(tx: EntityManager, webhook: NewWebhook): Promise<Webhook> {
    const [row] = await tx.execute<Webhook[]>(
      `insert into webhooks (id, room_id, kind, name, may_ping, url, events, secret_hash, signing_secret, created_by)
       values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) returning ${COLUMNS}`,
      [
        webhook.id,
        webhook.roomId,
        webhook.kind,
        webhook.name,
        webhook.mayPing,
        webhook.url,
        JSON.stringify(webhook.events),
        webhook.secretHash,
        webhook.signingSecret === null ? null : this.secrets.seal(webhook.id, webhook.signingSecret),
        webhook.createdBy,
      ],
    );
    return row!;
  }

  /** Who switches one on again begins a new count of its failure. */
  async change(
    tx: EntityManager,
    { roomId, webhookId, name, mayPing, url, events, enabled }: OneWebhook & Changes,
  ): Promise<Webhook | null> {
    const on = enabled ?? null;
    const [row] = await tx.execute<Webhook[]>(
      `update webhooks set name = coalesce(?, name), may_ping = coalesce(?, may_ping), url = coalesce(?, url),
          events = coalesce(?::jsonb, events),
          disabled_at = case ?::boolean when true then null when false then coalesce(disabled_at, now()) else disabled_at end,
          failing_since = case when ?::boolean then null else failing_since end
        where room_id = ? and id = ? and removed_at is null returning ${COLUMNS}`,
      [name ?? null, mayPing ?? null, url ?? null, events ? JSON.stringify(events) : null, on, on, roomId, webhookId],
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
