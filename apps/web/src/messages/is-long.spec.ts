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

  it.each(['```ts\nCODE\n```', '~~~\nCODE\n~~~\nand more', 'see\n\n```\nCODE'])('not for code that is folded by itself: %j', (text) => {
    const code = Array.from({ length: 60 }, (_, line) => `const line${line} = 'which is long enough to count as something';`).join('\n');
    expect(isLong(text.replace('CODE', code))).toBe(false);
  });

  it('for several codes, each of which is short', () => {
    expect(isLong('```\na\nb\nc\nd\ne\nf\n```\n'.repeat(6))).toBe(true);
  });
});
