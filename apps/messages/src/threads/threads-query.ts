import type { ParsedInputOf, messages } from '@atrium/contracts';

type ThreadFilter = ParsedInputOf<typeof messages.threads>['filter'];

/** How much of a thread is counted, how far back its participants are looked for, and how many followed threads are seen. */
const COUNT_UP_TO = 1000;
const PARTICIPANTS_IN = 200;
const MOST_FOLLOWED = 2000;

export type ThreadsPlace = { visibleFrom: number; activeSince: Date | null; after: { at: string; seq: number } | null; limit: number };

/**
 * Threads of a room as one member sees them, the one with the newest reply first. All of them are read in the order of
 * their newest replies; those that somebody follows are found by following, the ones begun last first. What is shown of
 * each beside is read for those alone that are shown.
 */
export function threadsQuery(
  reader: { roomId: string; userId: string },
  filter: ThreadFilter,
  place: ThreadsPlace,
): { sql: string; parameters: unknown[] } {
  const part = partOf(place);
  return {
    sql: `
      select m.*, coalesce(m.follows, false) as following,
             (select count(*)::int from (${othersReplies('m.id', 'm.read_seq', 'm.follows')} limit ${COUNT_UP_TO}) u) as unread,
             (select array_agg(p.author_id) from (${PARTICIPANTS}) p) as participants
        from access a cross join lateral (${filter === 'all' ? all(part.sql) : followed(part.sql, filter)} ${NEWEST_FIRST} limit ?) m
       where a.room_id = ? and a.user_id = ? and a.removed_at is null and m.room_id = a.room_id ${NEWEST_FIRST}`,
    parameters: [...part.parameters, ...(filter === 'all' ? [place.limit] : []), place.limit, reader.roomId, reader.userId],
  };
}

const NEWEST_FIRST = 'order by m.last_reply_at desc, m.seq desc';

/** How many of somebody's rooms, the ones joined last first, are asked for all of their threads. */
const MOST_ROOMS = 2000;
const VISIBLE = `(r.history_visibility = 'all' or (m.seq >= a.joined_seq and m.last_reply_at >= a.joined_at - interval '1 hour'))`;

/**
 * The same over every room that somebody is in: of what they follow, what they see; or the newest of each room, put
 * together.
 */
export function myThreadsQuery(
  userId: string,
  filter: ThreadFilter,
  place: { after: { at: string; rootId: string } | null; limit: number },
): { sql: string; parameters: unknown[] } {
  const { after, limit } = place;
  const part = after ? '(m.last_reply_at, m.id) < (?::timestamptz, ?::uuid)' : 'true';
  const newestFirst = 'order by m.last_reply_at desc, m.id desc';
  const found = filter === 'all' ? allOfRooms(part, newestFirst) : followedAnywhere(part, filter);
  return {
    sql: `
      select m.*, coalesce(m.follows, false) as following,
             (select count(*)::int from (${othersReplies('m.id', 'm.read_seq', 'm.follows')} limit ${COUNT_UP_TO}) u) as unread,
             (select array_agg(p.author_id) from (${PARTICIPANTS}) p) as participants
        from (${found} ${newestFirst} limit ?) m
        join access a on a.room_id = m.room_id and a.user_id = ? and a.removed_at is null
       ${newestFirst}`,
    parameters: [userId, ...(after ? [after.at, after.rootId] : []), ...(filter === 'all' ? [limit] : []), limit, userId],
  };
}

function allOfRooms(part: string, newestFirst: string): string {
  return `
    select m.*, f.following as follows, f.read_seq
      from (select * from access where user_id = ? and removed_at is null order by joined_at desc limit ${MOST_ROOMS}) a
      join rooms r on r.id = a.room_id
      cross join lateral (
        select * from messages m where m.room_id = a.room_id and m.reply_count > 0 and ${VISIBLE} and ${part} ${newestFirst} limit ?) m
      left join lateral (select following, read_seq from thread_follows where root_id = m.id and user_id = a.user_id limit 1) f on true`;
}

function followedAnywhere(part: string, filter: 'following' | 'unread'): string {
  return `
    select m.*, true as follows, f.read_seq
      from (select user_id, room_id, root_id, read_seq from thread_follows
             where user_id = ? and following order by root_id desc limit ${MOST_FOLLOWED}) f
      join access a on a.room_id = f.room_id and a.user_id = f.user_id and a.removed_at is null
      join rooms r on r.id = a.room_id
      cross join lateral (select * from messages m where m.id = f.root_id and m.reply_count > 0 and ${VISIBLE} and ${part} limit 1) m
      ${filter === 'unread' ? `where exists (${othersReplies('f.root_id', 'f.read_seq', 'true')})` : ''}`;
}

function all(part: string): string {
  return `
    select m.*, f.following as follows, f.read_seq
      from (select * from messages m where m.room_id = a.room_id and m.reply_count > 0 and ${part} ${NEWEST_FIRST} limit ?) m
      left join lateral (select following, read_seq from thread_follows where root_id = m.id and user_id = a.user_id limit 1) f on true`;
}

function followed(part: string, filter: 'following' | 'unread'): string {
  return `
    select m.*, true as follows, f.read_seq
      from (select root_id, read_seq from thread_follows
             where room_id = a.room_id and user_id = a.user_id and following order by root_id desc limit ${MOST_FOLLOWED}) f
      cross join lateral (select * from messages m where m.id = f.root_id and m.reply_count > 0 and ${part} limit 1) m
      ${filter === 'unread' ? `where exists (${othersReplies('f.root_id', 'f.read_seq', 'true')})` : ''}`;
}

/** What others answered in a thread since, of so many replies as are counted. */
function othersReplies(rootId: string, readSeq: string, follows: string): string {
  return `
    select 1 from (
      select kind, author_id, deleted_at from messages
       where ${follows} and parent_id = ${rootId} and seq > greatest(${readSeq}, a.joined_seq) order by seq limit ${COUNT_UP_TO}) r
     where r.kind = 'text' and r.author_id <> a.user_id and r.deleted_at is null`;
}

const PARTICIPANTS = `
  select author_id, max(seq) from (
    select author_id, seq, deleted_at from messages where parent_id = m.id order by seq desc limit ${PARTICIPANTS_IN}) r
   where deleted_at is null group by author_id order by 2 desc limit 5`;

function partOf({ visibleFrom, activeSince, after }: ThreadsPlace): { sql: string; parameters: unknown[] } {
  const conditions: [sql: string, ...parameters: unknown[]][] = [['m.seq >= ?', visibleFrom]];
  if (activeSince) conditions.push(['m.last_reply_at >= ?', activeSince]);
  if (after) conditions.push(['(m.last_reply_at, m.seq) < (?::timestamptz, ?::int)', after.at, after.seq]);
  return { sql: conditions.map(([sql]) => sql).join(' and '), parameters: conditions.flatMap(([, ...parameters]) => parameters) };
}
