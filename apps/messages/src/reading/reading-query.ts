import { messageColumns } from '../messages/message.row.ts';

/** Nobody reads the difference, and counting all that a busy room said in a month would take longer than a query may. */
const COUNT_UP_TO = 1000;
/** Rows that one count looks at, since some of them may not count: one's own, and what was deleted or is read already. */
const LOOK_AT = 2000;
/** A visit is over when its marker has not moved for so long. */
export const VISIT_LASTS = '30 minutes';
/** What the room itself shows, in the words of the index that has it. */
const IN_ROOM = (message: string): string => `(${message}.parent_id is null or ${message}.also_in_room)`;
/** No counter passes this. */
const LAST_SEQ = 2_147_483_647;

/**
 * How far a member has read. Sending in the room itself counts as reading up to one's own message, which is derived from
 * the messages: storing it would write a row per send. `own_after` is where the marker was last moved back; own messages
 * before it no longer count. Who came back begins again from there, in threads too.
 *
 * Places are asked for by order, `(kind, seq) > ('text', …)`, not by equality, so that only the index that has them next
 * to each other will do: PostgreSQL would else walk the room in the order of `seq` for somebody who never wrote. Lookups
 * have a limit of one, so that it does not read a whole table to compare it with them. `offset 0` keeps it from working
 * out a place again wherever it is named.
 */
export const READING = `
  select a.room_id, p.read_seq, p.read_seq_before_send, k.looking, (select r.last_seq from rooms r where r.id = a.room_id) as last_seq,
         case when k.moved_at > now() - interval '${VISIT_LASTS}' then k.before_visit end as before_visit,
         (${unread()}) as unread, (${mentions()}) as mentions, (${threadUnread()}) as thread_unread
    from access a
    left join read_markers k on k.room_id = a.room_id and k.user_id = a.user_id
    cross join lateral (
      select array(
        select o.seq from (
          select m.author_id, m.seq from messages m
           where m.room_id = a.room_id and m.parent_id is null and (m.author_id, m.seq) <= (a.user_id, ${LAST_SEQ})
           order by m.author_id desc, m.seq desc limit 2) o
         where o.author_id = a.user_id and o.seq > coalesce(k.own_after, 0) order by o.seq desc) as seqs offset 0) own
    cross join lateral (
      select greatest(coalesce(k.seq, a.joined_seq), coalesce(own.seqs[1], 0)) as read_seq,
             greatest(coalesce(k.seq, a.joined_seq), coalesce(own.seqs[2], 0)) as read_seq_before_send offset 0) p
   where a.user_id = ? and a.removed_at is null and a.room_id = any(?::uuid[])`;

/** What others said in the room itself since. */
function unread(): string {
  return `
    select count(*)::int from (
      select 1 from (
        select m.kind, m.author_id from messages m
         where m.room_id = a.room_id and ${IN_ROOM('m')} and m.deleted_at is null and (m.kind, m.seq) > ('text', p.read_seq)
         order by m.kind, m.seq limit ${LOOK_AT}) s
       where s.kind = 'text' and s.author_id <> a.user_id limit ${COUNT_UP_TO}) u`;
}

/** Messages that name the member or a group of theirs; in a thread, since they read that thread. */
function mentions(): string {
  return `
    select count(*)::int from (
      select distinct n.seq from (
        ${mentionsOf('user_id', 'a.user_id')}
        union all
        (select g.* from unnest(case when a.role = 'member' then '{room,here}' else '{room,here,moderators}' end::text[]) as w (audience)
          cross join lateral ${mentionsOf('audience', 'w.audience')} g)) n
        cross join lateral (select author_id, parent_id, deleted_at from messages where id = n.message_id limit 1) m
        left join lateral (
          select read_seq from thread_follows where root_id = m.parent_id and user_id = a.user_id limit 1) f on true
       where n.seq > coalesce(f.read_seq, 0) and m.author_id <> a.user_id and m.deleted_at is null
       limit ${COUNT_UP_TO}) u`;
}

function mentionsOf(column: 'user_id' | 'audience', value: string): string {
  return `
    (select o.seq, o.message_id from mentions o
      where o.room_id = a.room_id and o.user_id is ${column === 'user_id' ? 'not null' : 'null'}
        and (o.${column}, o.seq) > (${value}, p.read_seq) and o.${column} <= ${value}
      order by o.${column}, o.seq limit ${LOOK_AT})`;
}

/** What others answered in the threads that the member follows, those begun last first. */
function threadUnread(): string {
  return `
    select count(*)::int from (
      select 1 from (
        select r.kind, r.author_id, r.deleted_at from (
          select root_id, read_seq from thread_follows
           where room_id = a.room_id and user_id = a.user_id and following order by root_id desc limit ${LOOK_AT}) f
          cross join lateral (
            select m.kind, m.author_id, m.deleted_at from messages m
             where m.parent_id = f.root_id and m.seq > greatest(f.read_seq, a.joined_seq) order by m.seq limit ${LOOK_AT}) r
         limit ${LOOK_AT}) s
       where s.kind = 'text' and s.author_id <> a.user_id and s.deleted_at is null limit ${COUNT_UP_TO}) u`;
}

/** The newest message in each room itself, as far as the member may see it; the newest of each kind is next to hand. */
export const LAST_MESSAGES = `
  select ${messageColumns('m')} from access a join rooms r on r.id = a.room_id
    cross join lateral (
      select s.seq from unnest('{bot,system,text}'::text[]) as w (kind)
        cross join lateral (
          select l.kind, l.seq from messages l
           where l.room_id = a.room_id and ${IN_ROOM('l')} and l.deleted_at is null and (l.kind, l.seq) <= (w.kind, ${LAST_SEQ})
           order by l.kind desc, l.seq desc limit 1) s
       where s.kind = w.kind and s.seq >= case when r.history_visibility = 'all' then 0 else a.joined_seq end
       order by s.seq desc limit 1) last
    cross join lateral (select * from messages where room_id = a.room_id and seq = last.seq limit 1) m
   where a.user_id = ? and a.removed_at is null and a.room_id = any(?::uuid[])`;

/**
 * Moves a marker forward. With the first move of a visit it keeps where it stood before: that is the first since the
 * caller began to look at the room, when their gateway says since when that is. Otherwise it is a move after a pause,
 * or one over several entries at once; who follows the talk as it goes moves by one.
 * Takes the room, the reader, the place and since when they have looked at the room.
 */
export const MOVE_FORWARD = `
  with was as (
    select greatest(coalesce(k.seq, a.joined_seq), coalesce(own.seq, 0)) as seq, k.moved_at
      from access a
      left join read_markers k on k.room_id = a.room_id and k.user_id = a.user_id
      left join lateral (
        select o.seq from (
          select m.author_id, m.seq from messages m
           where m.room_id = a.room_id and m.parent_id is null and (m.author_id, m.seq) <= (a.user_id, ${LAST_SEQ})
           order by m.author_id desc, m.seq desc limit 1) o
         where o.author_id = a.user_id and o.seq > coalesce(k.own_after, 0)) own on true
     where a.room_id = $1 and a.user_id = $2 limit 1),
  move as (
    select coalesce(was.seq, 0) as before,
           coalesce(case when $4::timestamptz is not null then $4::timestamptz > was.moved_at
                         else $3::int > was.seq + 1 or was.moved_at < now() - interval '${VISIT_LASTS}' end, true) as begins
      from (select 1) one left join was on true)
  insert into read_markers as k (room_id, user_id, seq, moved_at, before_visit, looking)
  select $1::uuid, $2::uuid, $3::int, greatest(now(), $4::timestamptz), move.before, $4::timestamptz is not null from move
  on conflict (room_id, user_id) do update set
    seq = greatest(k.seq, excluded.seq),
    moved_at = case when excluded.seq > excluded.before_visit then excluded.moved_at else k.moved_at end,
    before_visit = case when excluded.seq > excluded.before_visit and (select begins from move) then excluded.before_visit else k.before_visit end,
    looking = case when excluded.seq > excluded.before_visit then excluded.looking else k.looking end`;
