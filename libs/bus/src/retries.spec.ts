import { AppError } from '@atrium/contracts';
import { delayAfter } from './retries.ts';

describe('an event that failed', () => {
  it('is tried again after a longer wait each time, eight times', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => delayAfter(attempt, new Error('no')));
    expect(delays).toEqual([100, 500, 2000, 5000, 10_000, 30_000, 60_000, undefined]);
  });

  it('is tried again for as long as what it needs is away', () => {
    for (const code of ['service_unavailable', 'deadline_exceeded'] as const) expect(delayAfter(500, new AppError(code))).toBe(60_000);
    expect(delayAfter(500, new AppError('room_not_found'))).toBeUndefined();
  });
});
