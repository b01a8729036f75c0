import { createHash } from 'node:crypto';
import { AppError, type ErrorCode } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { addressBlock } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export const BLOCK_MINUTES = 15;
const PER_ACCOUNT = 10;
const PER_ADDRESS = 100;

/** One thing that failures are counted by, and how many it may have. */
type Subject = { name: string; limit: number };
type Attempt = { userId: string | null; login: string; address: string; device: string | null };

const accountSubject = (userId: string) => `user:${userId}`;
const confirmationSubject = (userId: string) => `confirm:${userId}`;

/**
 * What the failures of an attempt are counted by; locks are taken in this order. A device that signed in as this person
 * before is counted by itself, and neither the account nor the address against it: others who guess lock it out of
 * nothing. An unknown name counts like an account, so that a guess does not tell which names exist. It is hashed
 * because people type passwords into the wrong field.
 */
export function guardSubjects({ userId, login, address, device }: Attempt): Subject[] {
  if (userId && device) return [{ name: `device:${device}:${userId}`, limit: PER_ACCOUNT }];
  const name = createHash('sha256').update(login.toLowerCase()).digest('hex');
  return [
    { name: userId ? accountSubject(userId) : `name:${name}`, limit: PER_ACCOUNT },
    { name: `address:${addressBlock(address)}`, limit: PER_ADDRESS },
  ];
}

/** What wrong passwords of somebody signed in are counted by: apart, so that who guesses at the sign-in page shuts nobody out here. */
export const confirmationSubjects = (userId: string): Subject[] => [{ name: confirmationSubject(userId), limit: PER_ACCOUNT }];

/**
 * Counts failed sign-ins per account, address and known device in PostgreSQL: the count holds across instances and restarts,
 * and without the database nobody signs in. No setting lifts it.
 */
@Injectable()
export class SignInGuard {
  constructor(private readonly em: EntityManager) {}

  /** Refuses while any of the subjects is blocked. */
  async requireOpen(subjects: readonly Subject[]): Promise<void> {
    const seconds = await this.blockedSeconds(this.em, subjects);
    if (seconds > 0) throw tooManyAttempts(seconds);
  }

  /**
   * Books a finished attempt. Of guesses made in parallel, those that finish after the limit is reached are refused
   * whatever their password was, so running them side by side gains nothing.
   */
  async book(subjects: readonly Subject[], correct: boolean, refusal: ErrorCode = 'wrong_credentials'): Promise<void> {
    const seconds = await transact(this.em, async (tx) => {
      const blocked = await this.blockedSeconds(tx, subjects);
      if (blocked > 0) return blocked;
      if (!correct) return this.countFailures(tx, subjects);
      // Of an address it says nothing that somebody there knows their own password.
      const [own] = subjects;
      if (own) await tx.execute('delete from sign_in_guards where subject = ? and failures < ?', [own.name, own.limit]);
      return 0;
    });
    if (seconds > 0) throw tooManyAttempts(seconds);
    if (!correct) throw new AppError(refusal);
  }

  /** Who has chosen a new password starts anew: the wrong ones were of the former. What is counted of an address stands. */
  async forgive(tx: EntityManager, userId: string): Promise<void> {
    await tx.execute('delete from sign_in_guards where subject in (?, ?)', [accountSubject(userId), confirmationSubject(userId)]);
  }

  /** Forgets windows that are over. */
  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from sign_in_guards where window_ends_at < clock_timestamp()');
  }

  private async blockedSeconds(em: EntityManager, subjects: readonly Subject[]): Promise<number> {
    const [row] = await em.execute<{ seconds: number }[]>(
      `select coalesce(max(extract(epoch from window_ends_at - clock_timestamp())), 0)::float8 "seconds"
         from sign_in_guards
        where (${subjects.map(() => '(subject = ? and failures >= ?)').join(' or ')}) and window_ends_at > clock_timestamp()`,
      subjects.flatMap(({ name, limit }) => [name, limit]),
    );
    return Number(row?.seconds ?? 0);
  }

  private async countFailures(tx: EntityManager, subjects: readonly Subject[]): Promise<number> {
    let seconds = 0;
    for (const subject of subjects) seconds = Math.max(seconds, await this.countFailure(tx, subject));
    return seconds;
  }

  /** Adds a failure; answers the seconds to wait when the subject had its last one before. */
  private async countFailure(tx: EntityManager, { name, limit }: Subject): Promise<number> {
    const [row] = await tx.execute<{ failures: number; seconds: number }[]>(
      `insert into sign_in_guards as g (subject, failures, window_ends_at)
       values (?, 1, clock_timestamp() + make_interval(mins => ?))
       on conflict (subject) do update set
         failures = case when g.window_ends_at <= clock_timestamp() then 1 else g.failures + 1 end,
         window_ends_at = case
           when g.window_ends_at <= clock_timestamp() or g.failures + 1 = ? then excluded.window_ends_at
           else g.window_ends_at end
       returning failures, extract(epoch from window_ends_at - clock_timestamp())::float8 "seconds"`,
      [name, BLOCK_MINUTES, limit],
    );
    return row && row.failures > limit ? Number(row.seconds) : 0;
  }
}

function tooManyAttempts(seconds: number): AppError {
  const retryAfterSeconds = Math.ceil(seconds);
  return new AppError('too_many_attempts', `Too many failed sign-ins. Try again in ${Math.ceil(seconds / 60)} min.`, { retryAfterSeconds });
}
