import { parseMarkup } from './parse.ts';
import { wordsOf, wordsOfMessage } from './words.ts';

describe('the plain words of a message', () => {
  it.each([
    ['**bold** and _slanted_ `code`', 'bold and slanted code'],
    ['# Title\n\nfirst\nsecond  \nthird', 'Title first second third'],
    ['- one\n- two\n\n> said', 'one two said'],
    ['[a link](https://example.org) ![a picture](x.png)', 'a link a picture'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a b 1 2'],
    ['```js\nlet x;\n```', 'let x;'],
    ['see [this][1]\n\n[1]: https://example.org', 'see this'],
    ['un**frag**mented', 'unfragmented'],
    ['a &amp; b \\*c\\*', 'a & b *c*'],
  ])('reads %j as the page shows it', (text, words) => {
    expect(wordsOf(parseMarkup(text)!)).toBe(words);
  });
});

describe('the words of a message', () => {
  const words = (body: string) => wordsOfMessage(body, (text) => /[^\s\u200b]/u.test(text));

  it.each([
    ['just words', 'just words'],
    ['//help shows what there is', '/help shows what there is'],
    [' //shrug', '/shrug'],
    ['// one day', '// one day'],
    ['//server/share', '//server/share'],
    ['///', '///'],
    ['see //help', 'see //help'],
    ['**Alert** from `db-1`\n- [disk](https://x.example) is full', 'Alert from db-1 disk is full'],
  ])('are told without its markup: %j', (body, told) => {
    expect(words(body)).toBe(told);
  });

  it.each([
    ['a definition', '[a]: https://x.example'],
    ['quotes in quotes, too many to read', `${'> '.repeat(2000)}x`],
  ])('are told as they were written: %s', (_kind, body) => {
    expect(words(body)).toBe(body);
  });
});
