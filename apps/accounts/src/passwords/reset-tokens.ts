import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

export const RESET_MINUTES = 30;
/** Mail that nobody asked for is a nuisance: who wants a fourth link within the half hour finds the third. */
const AT_ONCE = 3;

/** Tokens of links that let somebody choose a new password. Only their SHA-256 is kept, and each works once. */
@Injectable()
export class ResetTokens {
  /** @returns the token, or null when this person was sent enough of them */
  async make(tx: EntityManager, userId: string): Promise<string | null> {
    await tx.execute('select 1 from users where id = ? for update', [userId]);
    const token = randomBytes(32).toString('base64url');
    const rows = await tx.execute(
      `insert into password_resets (token_hash, user_id, expires_at)
       select ?, ?, clock_timestamp() + make_interval(mins => ?)
        where (select count(*) from password_resets where user_id = ? and expires_at > clock_timestamp()) < ?
       returning user_id`,
      [hashOf(token), userId, RESET_MINUTES, userId, AT_ONCE],
    );
    return rows.length > 0 ? token : null;
  }

  /** Whose link it is, as long as it works. */
  async find(em: EntityManager, token: string): Promise<string | null> {
    const [row] = await em.execute<{ userId: string }[]>(
      'select user_id "userId" from password_resets where token_hash = ? and used_at is null and expires_at > clock_timestamp()',
      [hashOf(token)],
    );
    return row?.userId ?? null;
  }

  /** Uses the link up. @returns whether this call did */
  async use(tx: EntityManager, token: string): Promise<boolean> {
    const rows = await tx.execute(
      `update password_resets set used_at = clock_timestamp()
        where token_hash = ? and used_at is null and expires_at > clock_timestamp() returning user_id`,
      [hashOf(token)],
    );
    return rows.length > 0;
  }

  /** No link to a former password's change outlives it. */
  async voidAll(tx: EntityManager, userId: string): Promise<void> {
    await tx.execute('update password_resets set used_at = clock_timestamp() where user_id = ? and used_at is null', [userId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from password_resets where expires_at < clock_timestamp()');
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
