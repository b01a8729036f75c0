import { parse } from 'csv-parse/sync';
import { Unreadable } from '../extraction.ts';

/** The target of a link; it may have brackets of its own, one deep. */
const TARGET = String.raw`\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)`;
const IMAGE = new RegExp(String.raw`!\[([^[\]\n]*)\]${TARGET}`, 'g');
const LINK = new RegExp(String.raw`\[([^[\]\n]+)\]${TARGET}`, 'g');

/**
 * Markdown as it reads, without the marks that would break quotes: emphasis, link targets, comments. No pattern looks
 * past the next mark of its own kind, so that marks without an end are not each followed to the end of the line.
 */
export function readMarkdown(source: string): string {
  return withoutComments(source)
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(/(\*\*|__)(?=\S)((?:(?!\1)[^\n])*?\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, '$1')
    .replace(/^```.*$/gm, '')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+(\S.*)$/gm, (_line, title: string) => `\n${withoutClosingMarks(title)}\n`)
    .replace(/^[ \t:|-]+$/gm, (row) => (row.includes('---') ? '' : row))
    .replace(/^\s{0,3}>\s?/gm, '');
}

function withoutComments(source: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = source.indexOf('<!--', from);
    const end = start < 0 ? -1 : source.indexOf('-->', start + 4);
    if (end < 0) return kept.join('') + source.slice(from);
    kept.push(source.slice(from, start));
    from = end + 3;
  }
}

function withoutClosingMarks(title: string): string {
  let end = title.trimEnd().length;
  while (title[end - 1] === '#') end -= 1;
  return title.slice(0, end).trimEnd();
}

/** A table row by row. Where the first row is a header, every cell says its column, so that a row can be quoted alone. */
export function readTable(source: string, separator: '\t' | null): string {
  const rows = parseRows(source, separator ?? commonestSeparator(source));
  const [first, ...others] = rows;
  if (!first) return '';
  const columns = first.map((cell) => cell.trim());
  const isHeader =
    others.length > 0 && columns.every((c) => c !== '' && !/^[\d\s.,%-]+$/.test(c)) && new Set(columns).size === columns.length;
  if (!isHeader) return rows.map((row) => row.map((c) => c.trim()).join(' | ')).join('\n');
  const lines = others.map((row) =>
    row
      .map((cell, i) => [columns[i] ?? `column ${i + 1}`, cell.trim().replace(/\s+/g, ' ')])
      .filter(([, cell]) => cell !== '')
      .map(([column, cell]) => `${column}: ${cell}`)
      .join('; '),
  );
  return [columns.join(' | '), '', ...lines].join('\n');
}

function parseRows(source: string, delimiter: string): string[][] {
  try {
    return parse(source, {
      delimiter,
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    });
  } catch (error) {
    throw new Unreadable('failed', 'The table could not be read: its quotes do not match.', { cause: error });
  }
}

function commonestSeparator(source: string): string {
  const head = source.slice(0, 4000).replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

const MAX_DEPTH = 200;

/** JSON as one line per value, with the path that leads to it. */
export function readJson(source: string): string {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const reason = error instanceof RangeError ? 'The JSON is nested too deeply.' : 'The JSON is not complete or not valid.';
    throw new Unreadable('failed', reason, { cause: error });
  }
  const lines: string[] = [];
  flatten(value, '', { lines, depth: 0 });
  return lines.join('\n');
}

function flatten(value: unknown, path: string, state: { lines: string[]; depth: number }): void {
  if (state.depth > MAX_DEPTH) throw new Unreadable('failed', 'The JSON is nested too deeply.');
  if (typeof value !== 'object' || value === null) {
    state.lines.push(path === '' ? String(value) : `${path}: ${String(value)}`);
    return;
  }
  const inner = { lines: state.lines, depth: state.depth + 1 };
  if (Array.isArray(value)) {
    value.forEach((item, i) => flatten(item, `${path}[${i + 1}]`, inner));
    return;
  }
  for (const [key, item] of Object.entries(value)) flatten(item, path === '' ? key : `${path}.${key}`, inner);
}
