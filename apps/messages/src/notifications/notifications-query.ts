export type NotificationRow = {
  user_id: string;
  message_id: string;
  room_id: string;
  seq: number;
  thread_id: string | null;
  actor_id: string;
  reasons: string[];
  at: string;
  read_at: string | null;
  client_id: string | null;
  body: string;
};
export type Filter = 'unread' | 'mentions' | 'threads' | undefined;

/** Rows that are looked at for a page or a count, of each kind: some may not belong to it. */
const LOOK_AT = 1000;

const STORED_FILTERS: Record<NonNullable<Filter>, string> = {
  unread: 'and n.read_at is null',
  mentions: `and n.reasons && '{mention,room,here,moderators}'`,
  threads: `and 'thread' = any(n.reasons)`,
};

/**
 * What is stored for a person, newest first, as far as they see it now: of rooms they are in, and from when they came
 * where a room hides what was before.
 */
function stored(filter: Filter, columns: string): string {
  return `
    select ${columns} from notifications n
      join access a on a.room_id = n.room_id and a.user_id = n.user_id and a.removed_at is null
      join rooms r on r.id = n.room_id and (r.history_visibility = 'all' or n.seq >= a.joined_seq)
     where n.user_id = ? and (n.at, n.message_id) < (?::timestamptz, ?::uuid) ${filter ? STORED_FILTERS[filter] : ''}
     order by n.at desc, n.message_id desc limit ?`;
}

/** How far a person has read where a call stands: in its thread, in the room, which they read by writing too, or in both. */
export const READ_WHERE_CALLED = `
  select greatest(
    case when c.thread_id is null or exists (select 1 from messages where id = c.message_id and also_in_room)
    then greatest(k.seq, (
      select o.seq from (
        select m.author_id, m.seq from messages m
         where m.room_id = a.room_id and m.parent_id is null and (m.author_id, m.seq) <= (a.user_id, 2147483647)
         order by m.author_id desc, m.seq desc limit 1) o
       where o.author_id = a.user_id and o.seq > coalesce(k.own_after, 0))) end,
    case when c.thread_id is not null then (select f.read_seq from thread_follows f where f.root_id = c.thread_id and f.user_id = a.user_id limit 1) end) as read_seq`;

/** Whether a call concerns who reads it: it is of somebody else, since they came, and did not leave them out. */
export const CALLS_READER = 'c.author_id <> a.user_id and c.at >= a.joined_at and not a.user_id = any(c.left_out)';

/**
 * Calls of whole rooms, for the rooms a person is in; what is stored for them about the same message has it already. One
 * is read by the marker of its room or thread, by writing there, or by reading all up to a moment.
 */
function calls(filter: Filter, columns: string): string {
  return `
    select ${columns}
      from access a
      left join read_markers k on k.room_id = a.room_id and k.user_id = a.user_id
      left join notification_reads s on s.user_id = a.user_id
      cross join lateral (
        select c.*, case when c.at <= s.up_to then s.read_at when c.seq <= r.read_seq then c.at end as read_at
          from (select * from room_calls where room_id = a.room_id and (at, message_id) < (?::timestamptz, ?::uuid) and at >= a.joined_at
                 order by at desc, message_id desc limit ${LOOK_AT}) c
         cross join lateral (${READ_WHERE_CALLED}) r
         where ${CALLS_READER}
           and not exists (select 1 from notifications n where n.user_id = a.user_id and n.message_id = c.message_id)
         order by c.at desc, c.message_id desc limit ?) c
     where a.user_id = ? and a.removed_at is null ${filter === 'unread' ? 'and c.read_at is null' : ''}`;
}

const STORED_COLUMNS = 'n.user_id, n.message_id, n.room_id, n.seq, n.thread_id, n.actor_id, n.reasons, n.at, n.read_at';
const CALL_COLUMNS = `a.user_id, c.message_id, c.room_id, c.seq, c.thread_id, c.author_id as actor_id, '{room}'::text[] as reasons, c.at, c.read_at`;

/** Parameters: reader, at, id, limit; and, unless only threads are wanted, at, id, limit, reader; then limit. */
export function pageQuery(filter: Filter): string {
  const called = filter === 'threads' ? '' : `union all (${calls(filter, CALL_COLUMNS)})`;
  return `
    select t.*, m.client_id, m.body from (
      select * from ((${stored(filter, STORED_COLUMNS)}) ${called}) u order by at desc, message_id desc limit ?) t
      cross join lateral (select client_id, body from messages where id = t.message_id and deleted_at is null limit 1) m
     order by t.at desc, t.message_id desc`;
}

/** Parameters: as of a page of the unread. */
export const UNREAD = `
  select count(*)::int as unread from (
    select 1 from ((${stored('unread', '1 as one')}) union all (${calls('unread', '1 as one')})) u limit ${LOOK_AT}) t`;

export const COUNT_UP_TO = LOOK_AT;
