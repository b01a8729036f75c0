import type { Notification } from '@atrium/contracts';
import { prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CALLS_READER, READ_WHERE_CALLED } from '../notifications/notifications-query.ts';
import type { Device } from './push-sender.ts';

/** Longer than all that is sent at once can take; who stops meanwhile lets others have it after that. */
const HELD_FOR = '60 seconds';
const AT_ONCE = 5;
/** Nobody wants to hear of an old call because a server was away. */
const CALLS_AGE = '1 hour';
const KEPT_FOR = '3 days';

export type HeldDevice = Device & { id: string; userId: string; language: string | null; sentLately: number };
/** `told` is null when there is nothing left to tell: it was read, deleted, or its reader has left the room. */
export type Due = { messageId: string; roomId: string; closing: boolean; tries: number; ageMs: number; told: Told | null };
export type Told = Pick<Notification, 'seq' | 'threadId' | 'actorId' | 'reasons'> & {
  messageId: string;
  roomId: string;
  clientId: string | undefined;
  body: string;
};

type DueRow = {
  message_id: string;
  room_id: string;
  state: 'waiting' | 'closing';
  tries: number;
  age_ms: number;
  seq: number | null;
  thread_id: string | null;
  actor_id: string;
  client_id: string | null;
  reasons: Notification['reasons'];
  body: string;
};

/** Of a delivery `d`, what of it is still unread by a member of its room; at most one of `n` and `c` is there. */
const STILL_TOLD = `
  join access a on a.room_id = d.room_id and a.user_id = d.user_id and a.removed_at is null
  left join notifications n on n.user_id = d.user_id and n.message_id = d.message_id and n.read_at is null
  left join read_markers k on k.room_id = d.room_id and k.user_id = d.user_id
  left join notification_reads s on s.user_id = d.user_id
  left join lateral (
    select c.* from room_calls c left join lateral (${READ_WHERE_CALLED}) w on true
     where c.message_id = d.message_id and (w.read_seq is null or c.seq > w.read_seq) and (s.up_to is null or c.at > s.up_to)
       and not exists (select 1 from notifications o where o.user_id = d.user_id and o.message_id = d.message_id)) c on true`;

const closeRead = prepared<never>(
  'close pushes of what was read',
  `update push_deliveries p set state = 'closing', due_at = now(), tries = 0
    where p.user_id = ? and p.state = 'sent' and not exists (
      select 1 from (select p.*) d ${STILL_TOLD} where n.message_id is not null or c.message_id is not null)`,
);

/** What devices are to be told, and what they show already. */
@Injectable()
export class PushQueue {
  /** Queues a call of a whole room for the devices of everyone it concerns. @returns whether there was one */
  async spreadCall(tx: EntityManager): Promise<boolean> {
    const [call] = await tx.execute<{ message_id: string }[]>(
      `update room_calls set spread_at = now() where message_id = (
         select message_id from room_calls where spread_at is null and at > now() - interval '${CALLS_AGE}'
          order by at limit 1 for update skip locked) returning message_id`,
    );
    if (!call) return false;
    await tx.execute(
      `insert into push_deliveries (subscription_id, message_id, user_id, room_id)
       select s.id, c.message_id, a.user_id, a.room_id
         from room_calls c join access a on a.room_id = c.room_id and a.removed_at is null
         join push_subscriptions s on s.user_id = a.user_id
        where c.message_id = ? and ${CALLS_READER}
       on conflict do nothing`,
      [call.message_id],
    );
    return true;
  }

  /** Takes the device for which something is due longest for this instance alone. */
  async hold(em: EntityManager): Promise<HeldDevice | null> {
    const [row] = await em.execute<HeldDevice[]>(
      `update push_subscriptions s set held_until = now() + interval '${HELD_FOR}'
        where id = (
          select due.id from push_deliveries d join push_subscriptions due on due.id = d.subscription_id
           where d.due_at <= now() and (due.held_until is null or due.held_until <= now())
           order by d.due_at limit 1 for update of due skip locked)
       returning id, user_id "userId", endpoint, p256dh, auth, language,
         (select count(*)::int from push_deliveries d where d.subscription_id = s.id and d.sent_at > now() - interval '1 minute') "sentLately"`,
    );
    return row ?? null;
  }

  async release(em: EntityManager, deviceId: string): Promise<void> {
    await em.execute('update push_subscriptions set held_until = null where id = ?', [deviceId]);
  }

  /** A few of what is due, oldest first. */
  async findDue(em: EntityManager, deviceId: string): Promise<Due[]> {
    const rows = await em.execute<DueRow[]>(
      `select d.message_id, d.room_id, d.state, d.tries, extract(epoch from now() - d.created_at) * 1000 as age_ms, t.*
         from push_deliveries d left join lateral (
           select coalesce(n.seq, c.seq) as seq, coalesce(n.thread_id, c.thread_id) as thread_id, coalesce(n.actor_id, c.author_id) as actor_id,
                  coalesce(n.reasons, '{room}') as reasons, m.client_id, m.body
             from (select d.*) d ${STILL_TOLD}
             join messages m on m.id = d.message_id and m.deleted_at is null
            where n.message_id is not null or c.message_id is not null) t on true
        where d.subscription_id = ? and d.due_at <= now() order by d.created_at, d.message_id limit ${AT_ONCE}`,
      [deviceId],
    );
    return rows.map(toDue);
  }

  /** Whether somebody is at one of their pages, as far as gateways have said. */
  async isAtPage(em: EntityManager, userId: string): Promise<boolean> {
    const rows = await em.execute<unknown[]>('select 1 from open_pages where user_id = ? and until > now() and active', [userId]);
    return rows.length > 0;
  }

  async noteSent(em: EntityManager, deviceId: string, messageId: string): Promise<void> {
    await em.execute(
      `update push_deliveries set sent_at = now(), state = case state when 'waiting' then 'sent' else state end,
          due_at = case state when 'waiting' then null else due_at end
        where subscription_id = ? and message_id = ?`,
      [deviceId, messageId],
    );
  }

  async drop(em: EntityManager, deviceId: string, messageIds: readonly string[]): Promise<void> {
    for (const messageId of messageIds)
      await em.execute('delete from push_deliveries where subscription_id = ? and message_id = ?', [deviceId, messageId]);
  }

  /** All that is due for a device waits. */
  async postpone(em: EntityManager, deviceId: string, waitMs: number): Promise<void> {
    await em.execute(
      `update push_deliveries set due_at = greatest(due_at, now() + make_interval(secs => ?)) where subscription_id = ? and due_at is not null`,
      [waitMs / 1000, deviceId],
    );
  }

  async countTry(em: EntityManager, deviceId: string, messageId: string): Promise<void> {
    await em.execute('update push_deliveries set tries = tries + 1 where subscription_id = ? and message_id = ?', [deviceId, messageId]);
  }

  async removeDevice(em: EntityManager, deviceId: string): Promise<void> {
    await em.execute('delete from push_subscriptions where id = ?', [deviceId]);
  }

  /** What somebody has read meanwhile, their devices show no longer. */
  async closeRead(em: EntityManager, userId: string): Promise<void> {
    await closeRead(em, [userId]);
  }

  /** A message is deleted: nobody is told of it any more, and devices that show it, or are being told, close it. */
  async takeBack(tx: EntityManager, messageId: string): Promise<void> {
    await tx.execute(
      `delete from push_deliveries d using push_subscriptions s
        where d.message_id = ? and d.state = 'waiting' and s.id = d.subscription_id and (s.held_until is null or s.held_until <= now())`,
      [messageId],
    );
    await tx.execute(`update push_deliveries set state = 'closing', due_at = now(), tries = 0 where message_id = ?`, [messageId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from push_deliveries where created_at < now() - interval '${KEPT_FOR}'`);
  }
}

function toDue(row: DueRow): Due {
  const { message_id: messageId, room_id: roomId, tries, seq } = row;
  const due = { messageId, roomId, closing: row.state === 'closing', tries, ageMs: Number(row.age_ms) };
  if (seq === null) return { ...due, told: null };
  const thread = row.thread_id === null ? {} : { threadId: row.thread_id };
  const said = { clientId: row.client_id ?? undefined, body: row.body };
  return { ...due, told: { messageId, roomId, seq, ...thread, actorId: row.actor_id, reasons: row.reasons, ...said } };
}
