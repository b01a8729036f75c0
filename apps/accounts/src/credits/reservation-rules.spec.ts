import type { Reservation } from './credits.repository.ts';
import { canHold, requireCommittable } from './reservation-rules.ts';

const aReservation = (reservation: Partial<Reservation> = {}): Reservation => ({
  amount: 3,
  reason: 'question',
  ref: 'file',
  state: 'held',
  committedAmount: null,
  lapsed: false,
  ...reservation,
});
const committed = aReservation({ state: 'committed', committedAmount: 2 });
const conflict = expect.objectContaining({ code: 'reservation_conflict' });

describe('holding credits', () => {
  it('needs as many as are wanted', () => {
    expect(canHold(null, { amount: 3 }, 3)).toBe(true);
    expect(() => canHold(null, { amount: 3 }, 2)).toThrow(expect.objectContaining({ code: 'insufficient_credits' }));
  });

  it('is done already when the same hold stands or was spent, whatever is left now', () => {
    expect(canHold(aReservation(), { amount: 3 }, 0)).toBe(false);
    expect(canHold(committed, { amount: 3 }, 0)).toBe(false);
  });

  it('is refused under a key that held another amount or has ended', () => {
    expect(() => canHold(aReservation(), { amount: 2 }, 100)).toThrow(conflict);
    for (const ended of [{ state: 'released' }, { state: 'expired' }, { lapsed: true }] as const) {
      expect(() => canHold(aReservation(ended), { amount: 3 }, 100)).toThrow(conflict);
    }
  });
});

describe('spending held credits', () => {
  it('takes up to what is held, and the same amount again', () => {
    expect(requireCommittable(aReservation(), 3).state).toBe('held');
    expect(requireCommittable(aReservation(), 1).state).toBe('held');
    expect(requireCommittable(committed, 2).state).toBe('committed');
  });

  it('is refused beyond that', () => {
    expect(() => requireCommittable(null, 1)).toThrow(conflict);
    expect(() => requireCommittable(aReservation(), 4)).toThrow(conflict);
    expect(() => requireCommittable(committed, 1)).toThrow(conflict);
    for (const ended of [{ state: 'released' }, { state: 'expired' }, { lapsed: true }] as const) {
      expect(() => requireCommittable(aReservation(ended), 1)).toThrow(conflict);
    }
  });
});
