import { isLong } from './is-long.ts';

describe('a message is folded', () => {
  it('by its length or its lines', () => {
    expect(isLong('a'.repeat(2401))).toBe(true);
    expect(isLong('a\n'.repeat(32))).toBe(true);
  });

  it('not when it is a screenful', () => {
    expect(isLong('a'.repeat(2400))).toBe(false);
    expect(isLong('a\n'.repeat(30))).toBe(false);
    expect(isLong('')).toBe(false);
  });
});
