import { markIndents } from '../../text/tidy.ts';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { TableWriter } from '../table.ts';

/** Markdown as it reads: without the marks that would break quotes, its tables row by row, its code untouched. */
export async function* readMarkdown(source: Source): AsyncGenerator<Piece> {
  const lines = new MarkdownLines();
  for await (const line of source.lines()) yield lines.add(line);
  yield lines.end();
}

export function markdownText(source: string): string {
  const lines = new MarkdownLines();
  return (
    source
      .split(/\r\n|\n|\r/)
      .map((line) => lines.add(line))
      .join('') + lines.end()
  );
}

const FENCE = /^ {0,3}(?:[-*+] +|\d+[.)] +|> ?)*(`{3,}|~{3,})([^`]*)$/;
const DIVIDER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const UNDERLINE = /^ {0,3}(?:=+|-{2,})\s*$/;

/** Takes Markdown line by line; a line is held back until it is known whether a table begins with it. */
class MarkdownLines {
  private held: string | null = null;
  private fence: string | null = null;
  private table: TableWriter | null = null;
  private inComment = false;

  add(line: string): string {
    if (this.fence !== null) return this.inCode(line);
    if (line.trim() === '') return this.endBlock();
    if (this.table) {
      if (line.includes('|') && line.trim() !== '') return this.table.add(cellsOf(line));
      const rest = `${this.table.end()}\n`;
      this.table = null;
      return rest + this.add(line);
    }
    const held = this.held;
    if (held !== null && held.includes('|') && line.includes('-') && DIVIDER.test(line) && cellsOf(held).length === cellsOf(line).length) {
      this.held = null;
      this.table = new TableWriter({ headerRows: 1 });
      return this.table.add(cellsOf(held));
    }
    const opened = this.inComment ? null : FENCE.exec(line);
    if (opened) {
      this.fence = opened[1]!;
      return this.release();
    }
    if (UNDERLINE.test(line) && (held === null || held.trim() !== '' || line.includes('=')))
      return held === null ? '\n' : `\n${this.release()}\n`;
    const before = this.release();
    this.held = line;
    return before;
  }

  end(): string {
    const rest = this.table ? this.table.end() : '';
    this.table = null;
    return rest + this.release();
  }

  private endBlock(): string {
    return `${this.end()}\n`;
  }

  private inCode(line: string): string {
    const closes = new RegExp(`^\\s*(?:>\\s?)*${this.fence![0]}{${this.fence!.length},}\\s*$`).test(line);
    if (closes) this.fence = null;
    return closes ? '\n' : `${markIndents(line)}\n`;
  }

  private release(): string {
    const line = this.held;
    this.held = null;
    return line === null ? '' : `${blockText(this.withoutComments(line))}\n`;
  }

  private withoutComments(line: string): string {
    const parts: string[] = [];
    for (let at = 0; ;) {
      if (!this.inComment) {
        const start = line.indexOf('<!--', at);
        if (start < 0 || isInCode(line, start)) return parts.join('') + line.slice(at);
        parts.push(line.slice(at, start));
        at = start + 4;
        this.inComment = true;
      }
      const end = line.indexOf('-->', at);
      if (end < 0) return parts.join('');
      this.inComment = false;
      at = end + 3;
    }
  }
}

const isInCode = (line: string, at: number) => (line.slice(0, at).split('`').length - 1) % 2 === 1;

/** Cells stand between bars, save such as are escaped or inside code. */
function cellsOf(row: string): string[] {
  const cells: string[] = [''];
  let code = false;
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  for (let i = 0; i < inner.length; i += 1) {
    const mark = inner[i]!;
    if (mark === '\\' && inner[i + 1] === '|') cells[cells.length - 1] += inner[(i += 1)]!;
    else if (mark === '|' && !code) cells.push('');
    else {
      if (mark === '`') code = !code;
      cells[cells.length - 1] += mark;
    }
  }
  return cells.map((cell) => (MARK.test(cell) ? inlineText(cell.trim()) : cell.trim()));
}

/** A cell without any is told as it is; a line may have millions of them. */
const MARK = /[`<![\]*_~\\]/;

function blockText(line: string): string {
  if (/^(?: {4}|\t)(?!\s*(?:[-*+]|\d+[.)])\s)/.test(line)) return line;
  const plain = line.replace(/^\s{0,3}(?:>\s?)+/, '');
  if (/^\s*(?:[-*_]\s*){3,}$/.test(plain)) return '';
  const heading = /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(plain);
  return heading ? `\n${inlineText(withoutClosingMarks(heading[1]!))}\n` : inlineText(plain);
}

function withoutClosingMarks(title: string): string {
  let end = title.trimEnd().length;
  while (title[end - 1] === '#') end -= 1;
  return (end < title.trimEnd().length && /\s/.test(title[end - 1] ?? ' ') ? title.slice(0, end) : title).trimEnd();
}

/** Code stands as it is written; marks are taken from what is between. */
function inlineText(line: string): string {
  const parts: string[] = [];
  let plainFrom = 0;
  for (const [from, to, ticks] of codeSpans(line)) {
    parts.push(withoutMarks(line.slice(plainFrom, from)), line.slice(from + ticks, to - ticks));
    plainFrom = to;
  }
  parts.push(withoutMarks(line.slice(plainFrom)));
  return parts.join('');
}

function codeSpans(line: string): [from: number, to: number, ticks: number][] {
  const runs = [...line.matchAll(/`+/g)].filter((run) => line[run.index - 1] !== '\\');
  const nextOf = new Map<number, number>();
  const nextSame = runs.map(() => -1);
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    nextSame[i] = nextOf.get(runs[i]![0].length) ?? -1;
    nextOf.set(runs[i]![0].length, i);
  }
  const spans: [number, number, number][] = [];
  for (let i = 0; i < runs.length;) {
    const close = nextSame[i]!;
    if (close < 0) i += 1;
    else {
      const length = runs[i]![0].length;
      spans.push([runs[i]!.index, runs[close]!.index + length, length]);
      i = close + 1;
    }
  }
  return spans;
}

/** The target of a link; it may have brackets of its own, one deep. */
const TARGET = String.raw`\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)`;
const IMAGE = new RegExp(String.raw`!\[([^[\]\n]*)\]${TARGET}`, 'g');
const LINK = new RegExp(String.raw`(?<!\\)\[([^[\]\n]+)\](?:${TARGET}|\[[^[\]\n]*\])`, 'g');
const HTML_TAG =
  /<\/?(?:a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|picture|pre|q|s|samp|small|source|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)(?:\s[^<>]*)?\/?>/gi;

/** No pattern looks past the next mark of its own kind, so that marks without an end are not each followed to the end. */
function withoutMarks(text: string): string {
  return text
    .replace(HTML_TAG, '')
    .replace(/<((?:https?|mailto):[^<>\s]+)>/g, '$1')
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(/(?<!\\)\*\*(?=\S)((?:(?!\*\*)[^\n])*?\S)\*\*/g, '$1')
    .replace(/(?<![\w\\_])__(?=\S)((?:(?!__)[^\n])*?\S)__(?!\w)/g, '$1')
    .replace(/(?<![\w*\\])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_\\])_(?=\S)([^_\n]*?\S)_(?![\w_])/g, '$1')
    .replace(/~~(?=\S)((?:(?!~~)[^\n])*?\S)~~/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
