import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Shown } from './user.mapper.ts';

export type Login = { id: string; passwordHash: string | null };
type DirectoryRow = Shown & { rank: number };
type Row = Omit<DirectoryRow, 'statusUntil'> & { statusUntil: string | null };

@Injectable()
export class UsersRepository {
  /** By e-mail when it looks like one: usernames have no `@`. */
  async findByLogin(em: EntityManager, login: string): Promise<Login | null> {
    const name = login.trim().toLowerCase();
    const column = name.includes('@') ? 'lower(email)' : 'username';
    const [row] = await em.execute<Login[]>(`select id, password_hash "passwordHash" from users where ${column} = ?`, [name]);
    return row ?? null;
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
