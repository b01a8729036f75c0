import type { WebhookDelivery, WebhookTry } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Parcel } from './webhook-sender.ts';

const HELD_FOR = '30 seconds';
const KEPT_FOR = '7 days';
/** So far the clocks of two machines may differ: what was said is dated by one, a webhook by the other. */
const CLOCKS_APART = '2 seconds';

export type NewDelivery = {
  id: string;
  webhookId: string;
  roomId: string;
  seq: number;
  event: string;
  body: string;
  messageId: string | null;
};
/** A delivery that this instance alone may send now. */
export type HeldDelivery = Parcel & { webhookId: string; roomId: string; triesMade: number; createdBy: string };
type Listener = { id: string; createdBy: string };
type OneDelivery = { webhookId: string; deliveryId: string };

const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const COLUMNS = `id, webhook_id "webhookId", event, seq, state, body, tries, ${at('created_at')} "createdAt",
  case when state = 'waiting' then ${at('next_at')} end "nextTryAt", replay_of "replayOf"`;

/** What outgoing webhooks told and are to tell. */
@Injectable()
export class DeliveriesRepository {
  /** The rooms of which anything is told. */
  async roomsTold(em: EntityManager): Promise<Set<string>> {
    const rows = await em.execute<{ roomId: string }[]>(
      `select distinct room_id "roomId" from webhooks where kind = 'outgoing' and removed_at is null and disabled_at is null`,
    );
    return new Set(rows.map(({ roomId }) => roomId));
  }

  /** Who is told of what happened at a moment: not who was made after it, however late it is read. */
  async listeners(em: EntityManager, roomId: string, event: string, happenedAt: string): Promise<Listener[]> {
    return em.execute<Listener[]>(
      `select id, created_by "createdBy" from webhooks where room_id = ? and kind = 'outgoing' and removed_at is null
        and disabled_at is null and events @> ?::jsonb and created_at <= ?::timestamptz + interval '${CLOCKS_APART}' order by id`,
      [roomId, JSON.stringify([event]), happenedAt],
    );
  }

  /** Each entry is told once to each webhook, however often it is read; not while more than `most` wait already. */
  async add(em: EntityManager, { id, webhookId, roomId, seq, event, messageId, body }: NewDelivery, most: number): Promise<void> {
    await em.execute(
      `insert into webhook_deliveries (id, webhook_id, room_id, seq, event, message_id, body)
       select ?, ?, ?, ?, ?, ?, ?
        where (select count(*) from (select 1 from webhook_deliveries where webhook_id = ? and state = 'waiting' limit ?) waiting) < ?
       on conflict do nothing`,
      [id, webhookId, roomId, seq, event, messageId, body, webhookId, most, most],
    );
  }

  async list(em: EntityManager, webhookId: string, { before, limit }: { before: string | null; limit: number }) {
    return em.execute<WebhookDelivery[]>(
      `select ${COLUMNS} from webhook_deliveries where webhook_id = ? and (?::uuid is null or id < ?) order by id desc limit ?`,
      [webhookId, before, before, limit],
    );
  }

  /** The same once more, under an id of its own; null when there is no such delivery. */
  async replay(tx: EntityManager, { webhookId, deliveryId }: OneDelivery, id: string): Promise<WebhookDelivery | null> {
    const [row] = await tx.execute<WebhookDelivery[]>(
      `insert into webhook_deliveries (id, webhook_id, room_id, seq, event, message_id, body, replay_of)
       select ?, webhook_id, room_id, seq, event, message_id, body, id from webhook_deliveries where webhook_id = ? and id = ?
       returning ${COLUMNS}`,
      [id, webhookId, deliveryId],
    );
    return row ?? null;
  }

  async countWaiting(em: EntityManager, webhookId: string): Promise<number> {
    const [row] = await em.execute<{ count: number }[]>(
      `select count(*)::int "count" from webhook_deliveries where webhook_id = ? and state = 'waiting'`,
      [webhookId],
    );
    return row?.count ?? 0;
  }

  /**
   * Takes what is due longest for this instance, and for longer than sending can take; who stops meanwhile lets others
   * have it after that. A webhook gets one at a time.
   */
  async hold(em: EntityManager): Promise<HeldDelivery | null> {
    const [row] = await em.execute<HeldDelivery[]>(
      `update webhook_deliveries d set held_until = now() + interval '${HELD_FOR}'
         from webhooks w
        where w.id = d.webhook_id and d.id = (
          select due.id from webhook_deliveries due
           where due.state = 'waiting' and due.next_at <= now() and (due.held_until is null or due.held_until <= now())
             and not exists (select 1 from webhook_deliveries other
               where other.webhook_id = due.webhook_id and other.state = 'waiting' and other.held_until > now())
           order by due.next_at, due.id limit 1 for update skip locked)
       returning d.id, d.webhook_id "webhookId", d.room_id "roomId", d.event, d.body, w.url, w.signing_secret "secret",
         w.created_by "createdBy", jsonb_array_length(d.tries) "triesMade"`,
    );
    return row ?? null;
  }

  /** Writes down a try and what follows from it: another one at `next`, or none; none either when it was given up meanwhile. */
  async settle(
    tx: EntityManager,
    id: string,
    { attempt, state, next }: { attempt: WebhookTry; state: WebhookDelivery['state']; next: Date | null },
  ): Promise<void> {
    await tx.execute(
      `update webhook_deliveries set tries = tries || ?::jsonb, state = case when ? then state else ? end,
          next_at = coalesce(?, next_at), held_until = null where id = ?`,
      [JSON.stringify([attempt]), state === 'waiting', state, next, id],
    );
  }

  /** Lets others have it, later. */
  async release(em: EntityManager, id: string, next: Date): Promise<void> {
    await em.execute('update webhook_deliveries set held_until = null, next_at = ? where id = ?', [next, id]);
  }

  async dropWaiting(tx: EntityManager, webhookId: string): Promise<void> {
    await tx.execute(`update webhook_deliveries set state = 'failed', held_until = null where webhook_id = ? and state = 'waiting'`, [
      webhookId,
    ]);
  }

  /** What a deleted message said stays nowhere. */
  async removeOfMessage(em: EntityManager, messageId: string): Promise<void> {
    await em.execute('delete from webhook_deliveries where message_id = ?', [messageId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from webhook_deliveries where created_at < now() - interval '${KEPT_FOR}'`);
  }

  async noteSuccess(tx: EntityManager, webhookId: string): Promise<void> {
    await tx.execute('update webhooks set failing_since = null, last_used_at = now() where id = ?', [webhookId]);
  }

  async noteFailure(tx: EntityManager, webhookId: string): Promise<void> {
    await tx.execute('update webhooks set failing_since = coalesce(failing_since, now()) where id = ?', [webhookId]);
  }

  /** Switches off what has failed for a day. @returns whether this did it */
  async disableFailing(tx: EntityManager, webhookId: string): Promise<boolean> {
    const rows = await tx.execute<unknown[]>(
      `update webhooks set disabled_at = now() where id = ? and disabled_at is null and failing_since <= now() - interval '24 hours' returning 1`,
      [webhookId],
    );
    return rows.length > 0;
  }
}
