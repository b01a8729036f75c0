import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type FactorRow = { sealedSecret: string; enabledAt: string | null };

/** The second factor of each person: a sealed secret, the last code that was used, and what is left of the recovery codes. */
@Injectable()
export class TwoFactorRepository {
  async find(em: EntityManager, userId: string): Promise<FactorRow | undefined> {
    const [row] = await em.execute<FactorRow[]>(
      `select sealed_secret "sealedSecret", enabled_at "enabledAt" from two_factors where user_id = ?`,
      [userId],
    );
    return row;
  }

  async countRecoveryCodes(em: EntityManager, userId: string): Promise<number> {
    const [row] = await em.execute<{ left: number }[]>(
      'select count(*)::int "left" from recovery_codes where user_id = ? and used_at is null',
      [userId],
    );
    return row?.left ?? 0;
  }

  /** Begins anew, unless it is on. */
  async begin(tx: EntityManager, userId: string, sealedSecret: string): Promise<void> {
    await tx.execute(
      `insert into two_factors (user_id, sealed_secret) values (?, ?)
       on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, last_step = 0 where two_factors.enabled_at is null`,
      [userId, sealedSecret],
    );
  }

  /** @returns whether this call turned it on */
  async enable(tx: EntityManager, userId: string, recoveryDigests: readonly string[]): Promise<boolean> {
    const rows = await tx.execute(
      'update two_factors set enabled_at = clock_timestamp() where user_id = ? and enabled_at is null returning user_id',
      [userId],
    );
    if (rows.length === 0) return false;
    await tx.execute('delete from recovery_codes where user_id = ?', [userId]);
    for (const digest of recoveryDigests) await tx.execute('insert into recovery_codes (user_id, digest) values (?, ?)', [userId, digest]);
    return true;
  }

  async remove(tx: EntityManager, userId: string): Promise<void> {
    await tx.execute('delete from recovery_codes where user_id = ?', [userId]);
    await tx.execute('delete from sign_in_challenges where user_id = ?', [userId]);
    await tx.execute('delete from two_factors where user_id = ?', [userId]);
  }

  /** Uses the code of a period up. @returns whether it was not used before, nor a later one */
  async useStep(tx: EntityManager, userId: string, step: number): Promise<boolean> {
    const rows = await tx.execute('update two_factors set last_step = ? where user_id = ? and last_step < ? returning user_id', [
      step,
      userId,
      step,
    ]);
    return rows.length > 0;
  }

  async useRecoveryCode(tx: EntityManager, userId: string, digest: string): Promise<boolean> {
    const rows = await tx.execute(
      'update recovery_codes set used_at = clock_timestamp() where user_id = ? and digest = ? and used_at is null returning user_id',
      [userId, digest],
    );
    return rows.length > 0;
  }
}
