import { excerptOf } from './excerpt.ts';

describe('the excerpt of a message', () => {
  it('is one line', () => expect(excerptOf(' one\n\n  two\tthree ')).toBe('one two three'));

  it('has no markup', () => expect(excerptOf('**Deploy** of `api`:\n> [done](https://x.example)')).toBe('Deploy of api: done'));

  it('is cut between characters, never within one', () => {
    const cut = excerptOf('🙂'.repeat(500));
    expect([...cut]).toHaveLength(140);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith('🙂…')).toBe(true);
  });
});
