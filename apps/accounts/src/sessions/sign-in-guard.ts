import { createHash } from 'node:crypto';
import { AppError } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { addressBlock } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export const MAX_FAILURES = 10;
export const BLOCK_MINUTES = 15;

/** What failures are counted by. Locks are taken in this order. */
export type GuardSubjects = { account: string; address: string };

/**
 * An unknown name counts like an account, so that a guess does not tell which names exist. It is hashed because
 * people type passwords into the wrong field.
 */
export function guardSubjects(userId: string | null, login: string, address: string): GuardSubjects {
  const name = createHash('sha256').update(login.toLowerCase()).digest('hex');
  return { account: userId ? `user:${userId}` : `name:${name}`, address: `address:${addressBlock(address)}` };
}

/**
 * Counts failed sign-ins per account and per address in PostgreSQL: the count holds across instances and restarts,
 * and without the database nobody signs in. No setting lifts it.
 */
@Injectable()
export class SignInGuard {
  constructor(private readonly em: EntityManager) {}

  /** Refuses while either subject is blocked. */
  async requireOpen(subjects: GuardSubjects): Promise<void> {
    const seconds = await this.blockedSeconds(this.em, subjects);
    if (seconds > 0) throw tooManyAttempts(seconds);
  }

  /**
   * Books a finished attempt. Of guesses made in parallel, those that finish after the limit is reached are refused
   * whatever their password was, so running them side by side gains nothing.
   */
  async book(subjects: GuardSubjects, correct: boolean): Promise<void> {
    const seconds = await transact(this.em, async (tx) => {
      const blocked = await this.blockedSeconds(tx, subjects);
      if (blocked > 0) return blocked;
      if (!correct) return Math.max(await this.countFailure(tx, subjects.account), await this.countFailure(tx, subjects.address));
      await tx.execute('delete from sign_in_guards where subject = ? and failures < ?', [subjects.account, MAX_FAILURES]);
      return 0;
    });
    if (seconds > 0) throw tooManyAttempts(seconds);
    if (!correct) throw new AppError('wrong_credentials');
  }

  /** Forgets windows that are over. */
  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from sign_in_guards where window_ends_at < clock_timestamp()');
  }

  private async blockedSeconds(em: EntityManager, subjects: GuardSubjects): Promise<number> {
    const [row] = await em.execute<{ seconds: number }[]>(
      `select coalesce(max(extract(epoch from window_ends_at - clock_timestamp())), 0)::float8 "seconds"
         from sign_in_guards
        where subject in (?, ?) and failures >= ? and window_ends_at > clock_timestamp()`,
      [subjects.account, subjects.address, MAX_FAILURES],
    );
    return Number(row?.seconds ?? 0);
  }

  /** Adds a failure; answers the seconds to wait when the subject had its last one before. */
  private async countFailure(tx: EntityManager, subject: string): Promise<number> {
    const [row] = await tx.execute<{ failures: number; seconds: number }[]>(
      `insert into sign_in_guards as g (subject, failures, window_ends_at)
       values (?, 1, clock_timestamp() + make_interval(mins => ?))
       on conflict (subject) do update set
         failures = case when g.window_ends_at <= clock_timestamp() then 1 else g.failures + 1 end,
         window_ends_at = case
           when g.window_ends_at <= clock_timestamp() or g.failures + 1 = ? then excluded.window_ends_at
           else g.window_ends_at end
       returning failures, extract(epoch from window_ends_at - clock_timestamp())::float8 "seconds"`,
      [subject, BLOCK_MINUTES, MAX_FAILURES],
    );
    return row && row.failures > MAX_FAILURES ? Number(row.seconds) : 0;
  }
}

function tooManyAttempts(seconds: number): AppError {
  const retryAfterSeconds = Math.ceil(seconds);
  return new AppError('too_many_attempts', `Too many failed sign-ins. Try again in ${Math.ceil(seconds / 60)} min.`, { retryAfterSeconds });
}
