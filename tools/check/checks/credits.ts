import type { Check } from '../check.ts';

export const creditChecks: readonly Check[] = [
  {
    name: 'credits-sum',
    sql: `
      with sums as (select user_id, sum(amount) as total from accounts.credit_entries group by user_id)
      select a.user_id::text as key,
        format('%s has %s credits, and the ledger comes to %s', a.user_id, a.balance, coalesce(s.total, 0)) as says
      from accounts.credit_accounts a left join sums s on s.user_id = a.user_id where a.balance <> coalesce(s.total, 0)`,
  },
  {
    name: 'credits-accounts',
    sql: `
      select u.id::text as key, format('%s has no credit account', u.username) as says
      from accounts.users u left join accounts.credit_accounts a on a.user_id = u.id where a.user_id is null`,
  },
  {
    name: 'credits-commits',
    sql: `
      select format('%s/%s', coalesce(r.user_id, e.user_id), coalesce(r.key, e.reservation_key)) as key,
        format('reservation %s of %s is %s over %s, and the ledger has %s',
          coalesce(r.key, e.reservation_key), coalesce(r.user_id, e.user_id), coalesce(r.state, 'missing'), r.committed_amount, e.amount) as says
      from (select * from accounts.credit_reservations where state = 'committed') r
      full join (select * from accounts.credit_entries where reservation_key is not null) e on e.user_id = r.user_id and e.reservation_key = r.key
      where r.key is null or e.id is null or e.amount <> -r.committed_amount`,
  },
  {
    name: 'credits-reservations-end',
    settles: 'services',
    sql: `
      select format('%s/%s', user_id, key) as key, format('reservation %s of %s lapsed at %s and is still held', key, user_id, expires_at) as says
      from accounts.credit_reservations where state = 'held' and expires_at < now() - interval '1 minute'`,
  },
  {
    name: 'credits-answers-once',
    sql: `
      select id::text as key, format('answer %s and another were paid with one reservation', id) as says
      from (select id, row_number() over (partition by user_id, reservation_key order by id) as place
            from files.file_chats where answered_at is not null) c where place > 1`,
  },
];
