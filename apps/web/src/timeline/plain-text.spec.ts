import { isPlain } from './plain-text.ts';

describe('a message needs a reader of markup', () => {
  it.each(['Good morning', 'It costs 4.50 (about)', 'two\nlines', 'Just words, and a number: 3.'])('not for plain words: %j', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each([
    '*a*',
    '- item',
    '-',
    '1. item',
    '`x`',
    '@ben',
    '＠ben',
    'https://x.org',
    '# head',
    'a\n\nb',
    '> quote',
    '\tcode',
    '&amp;',
    '~~no~~',
  ])('for whatever may be markup: %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });
});
