import type { NotificationReason } from '@atrium/contracts';

/** Something that may concern people: one of them by name, or whoever the reason stands for in the room. */
export type Occasion = {
  messageId: string;
  roomId: string;
  seq: number;
  threadId?: string;
  /** Whoever began the thread follows it as long as they have not said otherwise. */
  rootAuthorId?: string;
  actorId: string;
  at: string;
  reason: NotificationReason;
  /** Without it: everyone in a direct room, the moderators, the followers of the thread. */
  userId?: string;
};

/** Somebody who is told of a message; `isNew` unless they were told of it before. */
export type Told = { userId: string; messageId: string; reasons: NotificationReason[]; isNew: boolean };

/**
 * How a person stands with a room at a moment: the level of the room while it holds, else that of the person. Who wants
 * mentions alone is told of direct messages all the same, unless they said so of the direct room itself.
 */
export const levelAt = (moment: string) => `
  left join notify_levels l on l.room_id = a.room_id and l.user_id = a.user_id and (l.until is null or l.until > ${moment})
  left join preferences p on p.user_id = a.user_id
  cross join lateral (select coalesce(nullif(l.level, 'default'), p.document ->> 'notify', 'all') as level) v`;

const LOOKS_AT_ROOM = 'exists (select 1 from open_pages o where o.user_id = a.user_id and o.until > now() and a.room_id = any(o.room_ids))';

/**
 * Decides who is told, in the transaction of what they are told of, and stores it: one row for each person and message.
 * Nobody is told of what they did themselves, of what their level leaves out, of a room that is before their eyes, or
 * of what a call of the whole room told them before. Their devices' turn comes when it is committed.
 * @param parameter the placeholder of the occasions, as JSON
 */
export const decideQuery = (parameter: string) => `
  with occasions as (
    select * from jsonb_to_recordset(${parameter}::jsonb) as t ("messageId" uuid, "roomId" uuid, seq integer, "threadId" uuid,
      "rootAuthorId" uuid, "actorId" uuid, at timestamptz, reason text, "userId" uuid)
  ), concerned as (
    select o.*, o."userId" as user_id from occasions o where o."userId" is not null
    union all
    select o.*, a.user_id from occasions o join access a on a.room_id = o."roomId" and a.removed_at is null
     where o."userId" is null and (o.reason = 'direct' or (o.reason = 'moderators' and a.role <> 'member'))
    union all
    select o.*, f.user_id from occasions o join thread_follows f on f.root_id = o."threadId" and f.following
     where o."userId" is null and o.reason = 'thread'
    union all
    select o.*, o."rootAuthorId" from occasions o
     where o."userId" is null and o.reason = 'thread'
       and not exists (select 1 from thread_follows f where f.root_id = o."threadId" and f.user_id = o."rootAuthorId")
  ), told as (
  insert into notifications as n (user_id, message_id, room_id, seq, thread_id, actor_id, reasons, at)
  select a.user_id, c."messageId", c."roomId", c.seq, c."threadId", c."actorId", array_agg(distinct c.reason), c.at
    from concerned c
    join access a on a.room_id = c."roomId" and a.user_id = c.user_id and a.removed_at is null
    ${levelAt('c.at')}
   where a.user_id <> c."actorId"
     and (v.level = 'all' or (v.level = 'mentions'
       and (c.reason in ('mention', 'here', 'moderators') or (c.reason = 'direct' and l.level is null))))
     and not ${LOOKS_AT_ROOM}
     and (exists (select 1 from notifications o where o.user_id = a.user_id and o.message_id = c."messageId")
       or not exists (
         select 1 from room_calls k
          where k.message_id = c."messageId" and k.author_id <> a.user_id and k.at >= a.joined_at and not a.user_id = any(k.left_out)))
   group by a.user_id, c."messageId", c."roomId", c.seq, c."threadId", c."actorId", c.at
  on conflict (user_id, message_id) do update
    set reasons = (select array_agg(distinct r) from unnest(n.reasons || excluded.reasons) r)
  returning user_id, message_id, room_id, reasons, xmax = 0 as is_new
  ), pushed as (
    insert into push_deliveries (subscription_id, message_id, user_id, room_id)
    select s.id, t.message_id, t.user_id, t.room_id from told t join push_subscriptions s on s.user_id = t.user_id where t.is_new
    on conflict do nothing
  )
  select user_id as "userId", message_id as "messageId", reasons, is_new as "isNew" from told`;

/** People of a room whom a call of all of it leaves out: decided with the call, and kept with it. */
export const leftOutOf = (roomId: string) => `
  array(select a.user_id from access a ${levelAt('now()')}
         where a.room_id = ${roomId} and a.removed_at is null and (v.level = 'nothing' or ${LOOKS_AT_ROOM}))`;

/** Parameter: the message of a call. Whoever was told of it by another reason is not told again; nobody is once it is deleted. */
export const NOT_CALLED = `
  select left_out || array(select user_id from notifications where message_id = c.message_id) as "userIds"
    from room_calls c where message_id = ?`;
