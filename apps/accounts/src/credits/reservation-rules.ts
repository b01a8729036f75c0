import { AppError } from '@atrium/contracts';
import type { Reservation } from './credits.repository.ts';

/**
 * Whether a new hold is needed: not when the same one stands or was spent already. A key that ended otherwise, or
 * that held something else, is refused.
 */
export function canHold(existing: Reservation | null, wanted: { amount: number }, spendable: number): boolean {
  if (existing) {
    const stands = (existing.state === 'held' && !existing.lapsed) || existing.state === 'committed';
    if (stands && existing.amount === wanted.amount) return false;
    throw new AppError('reservation_conflict', stands ? 'This key reserved another amount.' : undefined);
  }
  if (wanted.amount > spendable) throw new AppError('insufficient_credits', undefined, { creditsLeft: spendable, needed: wanted.amount });
  return true;
}

/** The reservation that `amount` may be spent of, or that it was spent of before. */
export function requireCommittable(existing: Reservation | null, amount: number): Reservation {
  if (!existing) throw new AppError('reservation_conflict', 'Nothing is reserved under this key.');
  if (existing.state === 'committed') {
    if (existing.committedAmount === amount) return existing;
    throw new AppError('reservation_conflict', 'Another amount was spent under this key.');
  }
  if (existing.state !== 'held' || existing.lapsed) throw new AppError('reservation_conflict');
  if (amount > existing.amount) throw new AppError('reservation_conflict', 'More than was reserved cannot be spent.');
  return existing;
}
