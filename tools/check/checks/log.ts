import type { Check } from '../check.ts';

/** Messages are entries of the log as well, in a table of their own. */
const ENTRIES = `(
  select room_id, seq from messages.messages union all select room_id, seq from messages.entries)`;

export const logChecks: readonly Check[] = [
  {
    // As many as the last number, from 1, and (below) none twice: then none is missing either.
    name: 'log-unbroken',
    sql: `
      with told as (select room_id, count(*) as entries, min(seq) as first, max(seq) as last from ${ENTRIES} e group by room_id)
      select coalesce(r.id, t.room_id)::text as key,
        format('the log of room %s holds %s entries, %s to %s, and its counter says %s',
          coalesce(r.id, t.room_id), coalesce(t.entries, 0), t.first, t.last, coalesce(r.last_seq::text, 'nothing')) as says
      from messages.rooms r full join told t on t.room_id = r.id
      where r.purged_at is null and (r.id is null or coalesce(t.entries, 0) <> r.last_seq or coalesce(t.last, 0) <> r.last_seq or coalesce(t.first, 1) <> 1)`,
  },
  {
    name: 'log-numbers-once',
    sql: `
      select format('%s/%s', m.room_id, m.seq) as key, format('room %s has two entries numbered %s', m.room_id, m.seq) as says
      from messages.messages m join messages.entries e on e.room_id = m.room_id and e.seq = m.seq`,
  },
  {
    name: 'log-sends-once',
    sql: `
      select format('%s/%s/%s', room_id, author_id, client_id) as key,
        format('%s sent "%s" to room %s once, and it stands there %s times', author_id, client_id, room_id, count(*)) as says
      from messages.messages where client_id is not null group by room_id, author_id, client_id having count(*) > 1`,
  },
  {
    name: 'log-threads-rooted',
    sql: `
      select m.id::text as key, format('message %s answers %s, which its room does not have', m.id, m.parent_id) as says
      from messages.messages m left join messages.messages root on root.id = m.parent_id and root.room_id = m.room_id
      where m.parent_id is not null and root.id is null`,
  },
  {
    name: 'log-read-markers',
    sql: `
      select format('%s/%s', k.room_id, k.user_id) as key,
        format('%s has read room %s up to %s, and its log ends at %s', k.user_id, k.room_id, k.seq, coalesce(r.last_seq::text, 'nothing')) as says
      from messages.read_markers k left join messages.rooms r on r.id = k.room_id where r.id is null or k.seq > r.last_seq`,
  },
  {
    name: 'epochs-distinct',
    sql: `
      select epoch::text as key, format('%s rooms share the epoch %s', count(*), epoch) as says
      from messages.rooms group by epoch having count(*) > 1`,
  },
];
