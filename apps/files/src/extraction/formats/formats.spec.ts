import { wordText } from './docx.ts';
import { readHtml } from './html.ts';
import { layOutLines } from './pdf-layout.ts';
import { readMarkdown, readTable } from './text-formats.ts';

const MANY = 50_000;

/** Takes milliseconds; when every mark is tried with every other, minutes. */
function within(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

describe('Markdown', () => {
  it.each([
    ['[a](http://x.org/b_(c)) and ![d](e)', 'a and d'],
    ['a **b *c* d** __e__ *f*', 'a b c d e f'],
    ['a ** b ** * c', 'a ** b ** * c'],
    ['### One ##\n\ntwo', '\nOne\n\n\ntwo'],
    ['a | b\n|---|:-:|\nc | d', 'a | b\n\nc | d'],
    ['a <!-- b --> c <!-- d', 'a  c <!-- d'],
    ['> a\n```js\nb\n```', 'a\n\nb\n'],
  ])('%j reads %j', (source, text) => {
    expect(readMarkdown(source)).toBe(text);
  });

  it.each(['[', '![', '[a](', '![a](', '<!--', '**a ', '__a ', '*a ', '_', '#', ' ', '-', '|', ' \n', 'a ** '])(
    'of nothing but %j is read in time that grows with its length alone',
    (unit) => {
      const marks = unit.repeat(MANY);
      expect(within(() => readMarkdown(`${marks}x`))).toBeLessThan(2000);
      expect(within(() => readMarkdown(`# a${marks}x`))).toBeLessThan(2000);
    },
  );
});

describe('time to read grows with the length alone', () => {
  it('of a table with a cell of blanks', () => {
    expect(within(() => readTable(`a,b\nx${' '.repeat(MANY)}y,z\n`, null))).toBeLessThan(2000);
  });

  it('of a Word document of empty paragraphs', () => {
    expect(within(() => wordText('<w:p></w:p>'.repeat(MANY)))).toBeLessThan(2000);
  });

  it('of a page of a PDF with very many lines', () => {
    const line = { text: 'wraps at its end and goes-', x: 0, width: 100, height: 10, endsLine: true };
    const lines = Array.from({ length: MANY * 3 }, (_, i) => ({ ...line, y: -10 * i }));
    expect(within(() => layOutLines(lines))).toBeLessThan(5000);
  });
});

describe('a document nested beyond reason', () => {
  it.each([
    ['HTML', () => readHtml('<div>'.repeat(100_000))],
    ['Word', () => wordText('<w:tbl>'.repeat(100_000))],
  ])('is refused as %s, at once', (_format, read) => {
    expect(read).toThrow('deeper');
  });

  it('is read when people could have written it', () => {
    expect(readHtml(`${'<div>'.repeat(200)}deep${'</div>'.repeat(200)}`).trim()).toBe('deep');
  });
});
