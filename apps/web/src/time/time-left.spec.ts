import { leftText } from './time-left.ts';

describe('the time that is left', () => {
  it('is told to the second below an hour, and to the hour where days are left', () => {
    expect([1, 59, 60, 245, 3600, 7500, 86_400, 200_000].map(leftText)).toEqual([
      '1 s',
      '59 s',
      '1 min 0 s',
      '4 min 5 s',
      '1 h 0 min',
      '2 h 5 min',
      '1 day 0 h',
      '2 days 7 h',
    ]);
  });
});
