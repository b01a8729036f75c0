import { AppError } from '@atrium/contracts';
import { delayAfter } from './retries.ts';

describe('delayAfter', () => {
  it('waits longer after each try, and ends after eight', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => delayAfter(attempt, new Error('no')));
    expect(delays).toEqual([100, 500, 2000, 5000, 10_000, 30_000, 60_000, undefined]);
  });

  it('never ends while what the event needs is away', () => {
    for (const code of ['service_unavailable', 'deadline_exceeded'] as const) expect(delayAfter(500, new AppError(code))).toBe(60_000);
    expect(delayAfter(500, new AppError('room_not_found'))).toBeUndefined();
  });
});
