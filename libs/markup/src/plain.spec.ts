import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { mayName } from './mention-grammar.ts';
import { isPlain } from './plain.ts';

/** A generator of the same numbers for the same seed, from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const PARTS = [
  ...'ab1 9.)(:-+=*_~`[]<>#|!&;@\\/\'"\t\n',
  '\n',
  '\n\n',
  '  ',
  '    ',
  'www.',
  'amp;',
  '#38;',
  'http://',
  'x.org',
  '10.',
  'é',
  '你',
  '\u00a0',
  '\u200b',
];

describe('a text', () => {
  it.each(['Good morning', 'It costs 4.50 (about)', 'two\nlines', 'Just words, and a number: 3.', 'at 10:30 - or so', 'bread & butter'])(
    'of plain words needs no reader of markup: %j',
    (text) => {
      expect(isPlain(text)).toBe(true);
    },
  );

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
    'a\n=',
    'a\n--',
    'a\n:-:',
    'a  \nb',
  ])('that may be markup needs a reader of it: %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });

  it('taken for plain is one paragraph of its own words to a reader of Markdown, whatever it is made of', () => {
    const next = numbers(7);
    let plain = 0;
    for (let round = 0; round < 30_000; round++) {
      const text = Array.from({ length: 1 + Math.floor(next() * 8) }, () => PARTS[Math.floor(next() * PARTS.length)]!)
        .join('')
        .trim();
      if (text === '' || !isPlain(text)) continue;
      plain++;
      const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      const lines = text.split('\n').map((line) => line.replace(/^[ \t]+|[ \t]+$/g, ''));
      expect({ text, children: tree.children }).toMatchObject({
        text,
        children: [{ type: 'paragraph', children: [{ type: 'text', value: lines.join('\n') }] }],
      });
      expect(mayName(text)).toBe(false);
    }
    expect(plain).toBeGreaterThan(1000);
  });
});
