import { isNestedBeyondReason, isPlain } from './plain-text.ts';

describe('what a message needs a reader of markup for', () => {
  it('is nothing for plain words, and anything that may be markup', () => {
    expect(isPlain('Just words, and a number: 3.')).toBe(true);
    for (const text of ['*so*', '`code`', '- one', '1. one', '@ann', 'https://a.example', 'two\n\nparagraphs'])
      expect(isPlain(text)).toBe(false);
  });

  it('is nothing for lines made of quotes and list marks alone, which would never end', () => {
    for (const mark of ['1. ', '- ', '>', '> ', '* 1) ']) expect(isNestedBeyondReason(`look:\n${mark.repeat(1500)}`)).toBe(true);
  });

  it('is a reader for every depth that people write, and for rules and tables', () => {
    for (const text of [
      '> > > a quote of a quote',
      `${'  '.repeat(10)}- deep`,
      '-'.repeat(500),
      `|${' - |'.repeat(60)}`,
      `- ${'word '.repeat(2000)}`,
    ]) {
      expect(isNestedBeyondReason(text)).toBe(false);
    }
  });
});
