import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { TableWriter } from '../table.ts';

/** Lines looked at to tell what separates the values. */
const LOOKED_AT = 30;
const LOOKED_AT_CHARS = 2000;
/** A quote that is still open after so many lines was never meant to open one. */
const MOST_QUOTED_LINES = 200;

/** A table of values, row by row. A quote without its other half costs no row. */
export async function* readCsv(source: Source): AsyncGenerator<Piece> {
  const head: string[] = [];
  const lines = source.lines();
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    head.push(next.value);
    if (head.length === LOOKED_AT) break;
  }
  const hint = /^"?sep=(.)"?\s*$/i.exec(head[0] ?? '')?.[1];
  if (hint) head.shift();
  const quote = quoteOf(head);
  const records = new Records(hint ?? separatorOf(head, quote), quote);
  const table = new TableWriter({ records: true });
  for (const line of head)
    yield records
      .add(line)
      .map((row) => table.add(row))
      .join('');
  for await (const line of lines)
    yield records
      .add(line)
      .map((row) => table.add(row))
      .join('');
  yield (
    records
      .end()
      .map((row) => table.add(row))
      .join('') + table.end()
  );
}

export type Quote = '"' | "'";

/** Single quotes are quotes where values stand between them on most lines, and none begins with one that is not closed. */
function quoteOf(lines: string[]): Quote {
  const rows = lines.filter((line) => line.trim() !== '').map((line) => line.slice(0, LOOKED_AT_CHARS));
  if (rows.some((line) => line.includes('"'))) return '"';
  const closed = rows.filter((line) => /(?:^|[\t;,|])\s*'(?:[^']|'')*'\s*(?=[\t;,|]|$)/.test(line));
  const open = rows.some((line) => /(?:^|[\t;,|])\s*'/.test(line.replace(/(^|[\t;,|])\s*'(?:[^']|'')*'\s*(?=[\t;,|]|$)/g, '$1')));
  return closed.length * 2 > rows.length && !open ? "'" : '"';
}

const SEPARATORS = ['\t', ';', ',', '|'];

/** The mark that divides most lines into the same number of values. */
export function separatorOf(lines: string[], quote: Quote = '"'): string {
  const quoted = quote === '"' ? /"[^"]*"/g : /'[^']*'/g;
  const scored = SEPARATORS.map((mark) => {
    const counts = lines.filter((line) => line.trim() !== '').map((line) => line.replace(quoted, '').split(mark).length - 1);
    const commonest = mode(counts.filter((count) => count > 0));
    return { mark, agreeing: counts.filter((count) => count > 0 && count === commonest).length };
  });
  return scored.reduce((best, next) => (next.agreeing > best.agreeing ? next : best)).mark;
}

function mode(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Puts lines together to records: a value between quotes may go over several. */
class Records {
  private readonly separator: string;
  private readonly quote: Quote;
  private open: string[] = [];

  constructor(separator: string, quote: Quote) {
    this.separator = separator;
    this.quote = quote;
  }

  add(line: string): string[][] {
    if (this.open.length === 0 && line.trim() === '') return [[]];
    this.open.push(line);
    const values = splitRecord(this.open.join('\n'), this.separator, this.quote);
    if (values === 'open' && this.open.length < MOST_QUOTED_LINES) return [];
    if (Array.isArray(values)) {
      this.open = [];
      return [values];
    }
    return this.giveUp();
  }

  end(): string[][] {
    const rows: string[][] = [];
    while (this.open.length > 0) rows.push(...this.giveUp());
    return rows;
  }

  /** The first line is taken as it stands, and the others are looked at anew. */
  private giveUp(): string[][] {
    const [first, ...others] = this.open;
    this.open = [];
    return [splitPlain(first!, this.separator), ...others.flatMap((line) => this.add(line))];
  }
}

/** A quote that stands alone before a value is no part of it. */
const splitPlain = (line: string, separator: string) => line.split(separator).map((value) => value.replace(/^\s*"|"\s*$/g, ''));

/** How a quote within a value is written: doubled, or behind a backslash. */
type Escape = Quote | '\\';

/** By doubled quotes first, as most programs write them; behind backslashes where that does not add up. */
function splitRecord(text: string, separator: string, quote: Quote): string[] | 'open' | 'broken' {
  const values = splitQuoted(text, { separator, quote, escape: quote });
  if (Array.isArray(values) || !text.includes(`\\${quote}`)) return values;
  const escaped = splitQuoted(text, { separator, quote, escape: '\\' });
  return Array.isArray(escaped) ? escaped : values;
}

/** The values of a record; `open` when a quote goes on in the next line, `broken` when quotes and separators disagree. */
type Marks = { separator: string; quote: Quote; escape: Escape };
function splitQuoted(text: string, { separator, quote, escape }: Marks): string[] | 'open' | 'broken' {
  if (!text.includes(quote)) return text.split(separator);
  const values: string[] = [];
  let at = 0;
  for (;;) {
    const begin = skipBlanks(text, at, separator);
    if (text[begin] === quote) {
      const end = closingQuote(text, begin + 1, { quote, escape });
      if (end < 0) return 'open';
      values.push(text.slice(begin + 1, end).replaceAll(`${escape}${quote}`, quote));
      at = skipBlanks(text, end + 1, separator);
      if (at < text.length && text[at] !== separator) return 'broken';
    } else {
      const end = text.indexOf(separator, at);
      values.push(text.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? text.length : end;
    }
    if (at >= text.length) return values;
    at += 1;
  }
}

function skipBlanks(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t') && text[at] !== separator) at += 1;
  return at;
}

function closingQuote(text: string, from: number, { quote, escape }: Pick<Marks, 'quote' | 'escape'>): number {
  if (escape === '\\') {
    let at = text.indexOf(quote, from);
    while (at >= 0 && text[at - 1] === '\\') at = text.indexOf(quote, at + 1);
    return at;
  }
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) if (text[at + 1] !== quote) return at;
  return -1;
}
