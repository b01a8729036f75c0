import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * The place of the first message of a room since a moment, for a reader who is in it; behind the last one when there is
 * none since. Messages are stored in the order of their times, so that halving the room finds it by the index that pages
 * use, in as many steps as its length has binary digits.
 */
const SEEK = `
  with recursive room as (
    select r.id, case when r.history_visibility = 'all' then 1 else greatest(a.joined_seq, 1) end as lo, r.last_seq + 1 as hi
      from rooms r join access a on a.room_id = r.id
     where r.id = ? and a.user_id = ? and a.removed_at is null
  ), search as (
    select id, lo, greatest(lo, hi) as hi from room
    union all
    select s.id,
           case when m.seq < s.hi and m.created_at < ?::timestamptz then m.seq + 1 else s.lo end,
           case when m.seq < s.hi and m.created_at < ?::timestamptz then s.hi else (s.lo + s.hi) / 2 end
      from search s
      left join lateral (
        select seq, created_at from messages where room_id = s.id and seq >= (s.lo + s.hi) / 2 order by seq limit 1) m on true
     where s.lo < s.hi
  )
  select coalesce((select m.seq from messages m where m.room_id = s.id and m.seq >= s.lo order by m.seq limit 1), s.lo) as seq
    from search s where s.lo >= s.hi limit 1`;

/** @returns null for whoever is not in the room */
export async function seekTime(em: EntityManager, readerId: string, roomId: string, since: string): Promise<number | null> {
  const [row] = await em.execute<{ seq: number }[]>(SEEK, [roomId, readerId, since, since]);
  return row?.seq ?? null;
}
