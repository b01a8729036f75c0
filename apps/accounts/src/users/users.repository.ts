import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Shown } from './user.mapper.ts';

export type Login = { id: string; passwordHash: string | null };
type DirectoryRow = Shown & { rank: number };
type Row = Omit<DirectoryRow, 'statusUntil'> & { statusUntil: string | null };

const NOTICES_IN_HALF_AN_HOUR = 3;

@Injectable()
export class UsersRepository {
  /** By e-mail when it looks like one: usernames have no `@`. An address that links for a new password go to is its owner's, shown or not. */
  async findByLogin(em: EntityManager, login: string): Promise<Login | null> {
    const name = login.trim().toLowerCase();
    const [where, values] = name.includes('@') ? ['lower(email) = ? or lower(recovery_email) = ?', [name, name]] : ['username = ?', [name]];
    const [row] = await em.execute<Login[]>(`select id, password_hash "passwordHash" from users where ${where}`, values);
    return row ?? null;
  }

  /** Whether links for a new password of somebody else go to this address. */
  async recoversAnother(em: EntityManager, email: string, userId: string): Promise<boolean> {
    const rows = await em.execute('select 1 from users where lower(recovery_email) = lower(?) and id <> ?', [email, userId]);
    return rows.length > 0;
  }

  /** An address that a provider checked counts where none does. */
  async trustAddress(em: EntityManager, userId: string, email: string): Promise<void> {
    await em.execute(
      'update users set email_recovers = true where id = ? and email = ? and not email_recovers and recovery_email is null',
      [userId, email],
    );
  }

  /** Notes that an address of somebody is told of a change. @returns whether it may be: who writes another's address there must not flood it */
  async noteNotice(tx: EntityManager, userId: string): Promise<boolean> {
    const rows = await tx.execute(
      `update users set address_notices = recent.notices || clock_timestamp()
         from (select array(select notice from users, unnest(address_notices) as of_them(notice)
                             where id = ? and notice > clock_timestamp() - interval '30 minutes') as notices) recent
        where id = ? and cardinality(recent.notices) < ? returning id`,
      [userId, userId, NOTICES_IN_HALF_AN_HOUR],
    );
    return rows.length > 0;
  }

  /** The directory, best match first: exact username, then prefixes, then the rest, each by username. */
  async search(em: EntityManager, query: string, after: { rank: number; username: string } | null, limit: number): Promise<DirectoryRow[]> {
    const text = query.toLowerCase().replace(/^@/, '');
    const pattern = text.replace(/[\\%_]/g, '\\$&');
    const rows = await em.execute<Row[]>(
      `select * from (
         select id, username, display_name "displayName", avatar_url "avatarUrl", presence, is_bot "isBot",
                status_text "statusText", status_emoji "statusEmoji", status_until "statusUntil", time_zone "timeZone",
                case when username = ? then 0
                     when username like ? or lower(display_name) like ? then 1
                     else 2 end "rank"
           from users
          where disabled_at is null and (username like ? or lower(display_name) like ?)
       ) found
       where (rank, username) > (?, ?)
       order by rank, username
       limit ?`,
      [text, `${pattern}%`, `${pattern}%`, `%${pattern}%`, `%${pattern}%`, after?.rank ?? -1, after?.username ?? '', limit],
    );
    return rows.map((row) => ({ ...row, statusUntil: row.statusUntil === null ? null : new Date(row.statusUntil) }));
  }
}
