import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

export const CHALLENGE_SECONDS = 300;
const TRIES = 5;

/** Sign-ins whose password was right and whose second factor is still to come. */
@Injectable()
export class Challenges {
  async open(em: EntityManager, userId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await em.execute(
      'insert into sign_in_challenges (token_hash, user_id, expires_at) values (?, ?, clock_timestamp() + make_interval(secs => ?))',
      [hashOf(token), userId, CHALLENGE_SECONDS],
    );
    return token;
  }

  /** Counts one try. @returns whose sign-in it is, or null when it is over */
  async take(em: EntityManager, token: string): Promise<string | null> {
    const [row] = await em.execute<{ userId: string }[]>(
      `update sign_in_challenges set tries = tries + 1
        where token_hash = ? and tries < ? and expires_at > clock_timestamp() returning user_id "userId"`,
      [hashOf(token), TRIES],
    );
    return row?.userId ?? null;
  }

  async close(tx: EntityManager, token: string): Promise<void> {
    await tx.execute('delete from sign_in_challenges where token_hash = ?', [hashOf(token)]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from sign_in_challenges where expires_at < clock_timestamp()');
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
