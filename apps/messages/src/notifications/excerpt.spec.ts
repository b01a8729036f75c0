import { excerptOf } from './excerpt.ts';

describe('the excerpt of a message', () => {
  it('is one line', () => expect(excerptOf(' one\n\n  two\tthree ')).toBe('one two three'));

  it('is cut between characters, never within one', () => {
    const cut = excerptOf('🙂'.repeat(500));
    expect([...cut]).toHaveLength(140);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith('🙂…')).toBe(true);
  });
});
