import { Latest } from './latest.ts';

describe('what is told of one thing', () => {
  it('counts unless something newer of it was told before', () => {
    const latest = new Latest();
    const taken = [3, 2, 3, 4, 1].map((version) => latest.take('ann', version));
    expect(taken).toEqual([true, false, true, true, false]);
    expect(latest.take('ben', 1)).toBe(true);
  });

  it('counts from a server that does not number it', () => {
    const latest = new Latest();
    latest.take('ann', 3);
    expect(latest.take('ann', undefined)).toBe(true);
    expect(latest.take('ann', 2)).toBe(false);
  });
});
