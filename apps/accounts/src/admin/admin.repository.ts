import type { AdminUser, ParsedInputOf, accounts } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type UserRow = Omit<AdminUser, 'createdAt' | 'disabledAt' | 'lastSeenAt'> & {
  createdAt: string;
  disabledAt: string | null;
  lastSeenAt: string | null;
};
type LedgerRow = { id: string; userId: string; at: string; amount: number; reason: string; ref: string | null };
type UserFilter = Omit<ParsedInputOf<typeof accounts.adminUsers>, 'limit'>;

const USERS = `
  select u.id, u.username, u.display_name "displayName", u.email, u.role, u.created_at "createdAt",
         u.disabled_at "disabledAt", u.disabled_reason "disabledReason", s.sessions, s.last_seen_at "lastSeenAt",
         (a.balance - coalesce((select sum(r.amount) from credit_reservations r
            where r.user_id = u.id and r.state = 'held' and r.expires_at > clock_timestamp()), 0))::int "credits"
    from users u
    join credit_accounts a on a.user_id = u.id
    cross join lateral (
      select (count(*) filter (where ended_at is null and expires_at > now()))::int sessions, max(last_used_at) last_seen_at
        from sessions where user_id = u.id) s`;

/** Accounts as admins see them. */
@Injectable()
export class AdminRepository {
  /** Newest first; one more than the page has, to tell whether there is a next one. */
  async users(em: EntityManager, { query, role, disabled, cursor }: UserFilter, limit: number): Promise<AdminUser[]> {
    const pattern = `%${query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await em.execute<UserRow[]>(
      `${USERS}
        where (u.username like ? or lower(u.display_name) like ? or lower(u.email) like ? or u.id::text = ?)
          and (?::text is null or u.role = ?) and (?::boolean is null or (u.disabled_at is not null) = ?)
          and (?::uuid is null or u.id < ?)
        order by u.id desc limit ?`,
      [
        ...[pattern, pattern, pattern, query.toLowerCase()],
        ...twice(role ?? null),
        ...twice(disabled ?? null),
        ...twice(cursor ?? null),
        limit,
      ],
    );
    return rows.map(toAdminUser);
  }

  async user(em: EntityManager, userId: string): Promise<AdminUser | undefined> {
    const [row] = await em.execute<UserRow[]>(`${USERS} where u.id = ?`, [userId]);
    return row && toAdminUser(row);
  }

  /** Those who can act as admin, locked until the transaction ends: whoever changes a role or shuts an account begins here. */
  async lockAdmins(tx: EntityManager): Promise<string[]> {
    const rows = await tx.execute<{ id: string }[]>(
      `select id from users where role = 'admin' and disabled_at is null order by id for update`,
    );
    return rows.map(({ id }) => id);
  }

  async ledger(em: EntityManager, userId: string | undefined, before: string | undefined, limit: number): Promise<LedgerRow[]> {
    return em.execute<LedgerRow[]>(
      `select id, user_id "userId", at, amount, reason, ref from credit_entries
        where (?::uuid is null or user_id = ?) and (?::uuid is null or id < ?) order by id desc limit ?`,
      [...twice(userId ?? null), ...twice(before ?? null), limit],
    );
  }
}

const twice = <T>(value: T): [T, T] => [value, value];
const isoOf = (time: string | null) => (time === null ? null : new Date(time).toISOString());

const toAdminUser = (row: UserRow): AdminUser => ({
  ...row,
  createdAt: new Date(row.createdAt).toISOString(),
  disabledAt: isoOf(row.disabledAt),
  lastSeenAt: isoOf(row.lastSeenAt),
});
