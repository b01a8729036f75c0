import { stepFor, stepSecondsOf } from './stat-step.ts';

describe('a step of the stats', () => {
  it.each([
    ['minute', 60],
    ['day', 86_400],
    ['15m', 900],
    ['6h', 21_600],
    ['2w', 1_209_600],
    ['3600', 3600],
  ])('is read from %s', (text, seconds) => {
    expect(stepSecondsOf(text)).toBe(seconds);
  });

  it.each(['', 'h', '0h', '59', '-1d', '1.5h', '1y', '99999w'])('is not read from %p', (text) => {
    expect(stepSecondsOf(text)).toBeUndefined();
  });

  it.each([3600, 86_400, 7 * 86_400, 365 * 86_400, 3650 * 86_400])('is chosen so that %d seconds have at most two hundred', (seconds) => {
    expect(seconds / stepFor(seconds)).toBeLessThanOrEqual(200);
  });
});
