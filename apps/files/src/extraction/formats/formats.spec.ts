import { aDocx } from '../../../test/documents.ts';
import { textOf } from '../../../test/reading.ts';
import { htmlText } from './html.ts';
import { markdownText } from './markdown.ts';
import { layOutPage } from './pdf-layout.ts';

const MANY = 50_000;
/** Far more than it takes on a busy machine, far less than when every mark is tried with every other. */
const SOON_MS = 25_000;

async function within(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

describe('Markdown', () => {
  it.each([
    ['[a](http://x.org/b_(c)) and ![d](e)', 'a and d'],
    ['a **b *c* d** __e__ *f*', 'a b c d e f'],
    ['a ** b ** * c', 'a ** b ** * c'],
    ['### One ##\n\ntwo', '\nOne\n\n\ntwo'],
    ['One\n===\ntwo', '\nOne\n\ntwo'],
    ['a | b\n|---|:-:|\nc | d', 'a | b\n\na: c; b: d'],
    ['a <!-- b\nb --> c', 'a \n c'],
    ['> a\n```js\nb\n```', 'a\nb\n'],
    ['`__init__` and `src/**/*.ts,test/**/*.ts`', '__init__ and src/**/*.ts,test/**/*.ts'],
    ['~~~\nx = 2 ** 3 ** 2\n<!-- kept -->\n# kept\n~~~', 'x = 2 ** 3 ** 2\n<!-- kept -->\n# kept\n'],
    ['MAX_RETRY_COUNT, snake\\_case, 5\\*3', 'MAX_RETRY_COUNT, snake_case, 5*3'],
    ['<p align="center">A <b>tool</b></p> for `Map<K, V>` and Vec<String>', 'A tool for Map<K, V> and Vec<String>'],
  ])('%j reads %j', (source, text) => {
    expect(markdownText(source).trimEnd()).toBe(text.trimEnd());
  });

  it.each(['[', '![', '[a](', '![a](', '<!--', '**a ', '__a ', '*a ', '_', '#', ' ', '-', '|', ' \n', 'a ** ', '`', '` ', '<b '])(
    'of nothing but %j is read in time that grows with its length alone',
    async (unit) => {
      const marks = unit.repeat(MANY);
      expect(await within(() => markdownText(`${marks}x`))).toBeLessThan(SOON_MS);
      expect(await within(() => markdownText(`# a${marks}x`))).toBeLessThan(SOON_MS);
    },
  );
});

describe('time to read grows with the length alone', () => {
  it.each([
    ['a table with a cell of blanks', 'a.csv', `a,b\nx${' '.repeat(MANY)}y,z\n`],
    ['a table of quotes that are never closed', 'a.csv', 'a,"b\n'.repeat(20_000)],
    ['a Word document of empty paragraphs', 'a.docx', aDocx('<w:p></w:p>'.repeat(MANY))],
    ['JSON of quotes', 'a.json', `["${'\\"'.repeat(MANY)}`],
    ['a table of very many columns', 'a.md', `${'|'.repeat(2_000_000)}\n${'|-'.repeat(700_000)}|\n`],
    ['a line without an end', 'a.log', 'x'.repeat(1_000_000)],
  ])('of %s', async (_what, name, bytes) => {
    expect(await within(() => textOf(name, bytes))).toBeLessThan(SOON_MS);
  });

  it('of a page of a PDF with very many lines', async () => {
    const line = { text: 'wraps at its end and goes-', x: 0, width: 100, height: 10 };
    const lines = Array.from({ length: 20_000 }, (_, i) => ({ ...line, y: -10 * i }));
    expect(await within(() => layOutPage(lines))).toBeLessThan(SOON_MS);
  });
});

describe('a document nested beyond reason', () => {
  it('is refused as HTML, at once', () => {
    expect(() => htmlText('<div>'.repeat(100_000))).toThrow('deeper');
  });

  it('is refused as Word, at once', async () => {
    await expect(textOf('a.docx', aDocx('<w:tbl>'.repeat(100_000)))).rejects.toThrow('deeper');
  });

  it('is read when people could have written it', () => {
    expect(htmlText(`${'<div>'.repeat(200)}deep${'</div>'.repeat(200)}`).trim()).toBe('deep');
  });
});
