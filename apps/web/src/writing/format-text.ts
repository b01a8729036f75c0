/** A text and what is selected in it; both places are the same where nothing is. */
export type Written = { text: string; from: number; to: number };
/** What is replaced by what, and what is selected then. */
export type Edit = { from: number; to: number; insert: string; select: readonly [number, number] };
export type Format = 'bold' | 'italic' | 'strike' | 'code';

const MARKS: Readonly<Record<Exclude<Format, 'code'>, string>> = { bold: '**', italic: '*', strike: '~~' };

/** Puts what is selected into a format, or takes it out of it; without a selection, what is written next. */
export function formatText(written: Written, format: Format): Edit {
  const trimmed = withoutEdges(written);
  const mark = format === 'code' ? '`' : MARKS[format];
  if (trimmed.from === trimmed.to) return formatAtCaret(trimmed, mark);
  const unmarked = withoutMarks(trimmed, mark);
  if (unmarked) return unmarked;
  const selected = trimmed.text.slice(trimmed.from, trimmed.to);
  if (format === 'code') return selected.includes('\n') ? fenced(trimmed) : replaced(trimmed, inCode(selected));
  const insert = selected
    .split('\n')
    .map((line) => markedLine(line, mark))
    .join('\n');
  return selected.includes('\n') ? replaced(trimmed, insert) : { ...replaced(trimmed, insert), select: shifted(trimmed, mark.length) };
}

/** Blanks at its edges stay outside: a mark beside a blank is no mark. */
function withoutEdges({ text, from, to }: Written): Written {
  const selected = text.slice(from, to);
  if (selected.trim() === '') return { text, from: to, to };
  return { text, from: from + selected.length - selected.trimStart().length, to: to - selected.length + selected.trimEnd().length };
}

function formatAtCaret({ text, from }: Written, mark: string): Edit {
  const isBefore = hasMark(runBefore(text, from, mark), mark);
  const isAfter = hasMark(runAfter(text, from, mark), mark);
  if (isBefore && isAfter) {
    const start = from - mark.length;
    return { from: start, to: from + mark.length, insert: '', select: [start, start] };
  }
  // At the end of what is in this format, one goes on outside.
  const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  if (isAfter && line.includes(mark)) return { from, to: from, insert: '', select: [from + mark.length, from + mark.length] };
  return { from, to: from, insert: mark + mark, select: [from + mark.length, from + mark.length] };
}

/** Takes the marks away that stand around the selection, or at its ends. */
function withoutMarks({ text, from, to }: Written, mark: string): Edit | undefined {
  const { length } = mark;
  const selected = text.slice(from, to);
  if (hasMark(Math.min(runBefore(text, from, mark), runAfter(text, to, mark)), mark)) {
    return { from: from - length, to: to + length, insert: selected, select: [from - length, to - length] };
  }
  const inner = Math.min(runAfter(selected, 0, mark), runBefore(selected, selected.length, mark));
  if (selected.length <= 2 * length || !hasMark(inner, mark)) return undefined;
  return { from, to, insert: selected.slice(length, -length), select: [from, to - 2 * length] };
}

/** Of three asterisks, one is for italics and two are for bold. */
function hasMark(run: number, mark: string): boolean {
  if (mark === '*') return run % 2 === 1;
  return run >= mark.length;
}

function runAfter(text: string, at: number, mark: string): number {
  let end = at;
  while (text[end] === mark[0]) end += 1;
  return end - at;
}

function runBefore(text: string, at: number, mark: string): number {
  let start = at;
  while (start > 0 && text[start - 1] === mark[0]) start -= 1;
  return at - start;
}

const BLOCK_START = /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|>\s?|#{1,6}\s+)?)(.*?)(\s*)$/;

/** A format does not reach over the end of a paragraph or an item, so that each line has its own. */
function markedLine(line: string, mark: string): string {
  const [, start = '', words = '', end = ''] = BLOCK_START.exec(line) ?? [];
  return words === '' ? line : start + mark + words + mark + end;
}

/** Between more backticks than stand inside. */
function inCode(selected: string): string {
  const longest = Math.max(0, ...[...selected.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest === 0 ? 1 : longest + 1);
  const pad = selected.startsWith('`') || selected.endsWith('`') ? ' ' : '';
  return ticks + pad + selected + pad + ticks;
}

function fenced({ text, from, to }: Written): Edit {
  const selected = text.slice(from, to);
  const longest = Math.max(2, ...[...selected.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const before = from === 0 || text[from - 1] === '\n' ? '' : '\n';
  const after = to === text.length || text[to] === '\n' ? '' : '\n';
  const start = from + before.length + fence.length + 1;
  return { from, to, insert: `${before}${fence}\n${selected}\n${fence}${after}`, select: [start, start + selected.length] };
}

const replaced = ({ from, to }: Written, insert: string): Edit => ({ from, to, insert, select: [from, from + insert.length] });
const shifted = ({ from, to }: Written, by: number): readonly [number, number] => [from + by, to + by];

/** Whether a place is inside code, where nothing is markup. */
export function isInCode(text: string, at: number): boolean {
  const before = text.slice(0, at);
  if (before.split('\n').filter((line) => /^ {0,3}(```|~~~)/.test(line)).length % 2 === 1) return true;
  return (before.slice(before.lastIndexOf('\n') + 1).match(/`/g) ?? []).length % 2 === 1;
}

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(\[[ xX]\] +)?/;
const QUOTE = /^\s*(?:> ?)+/;

/** What a new line begins with where the one before is an item of a list or a quote; after an empty item the list ends. */
export function continueList({ text, from, to }: Written): Edit | undefined {
  if (from !== to || isInCode(text, from)) return undefined;
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', from);
  const line = text.slice(start, end < 0 ? text.length : end);
  const item = ITEM.exec(line);
  const marker = (item ?? QUOTE.exec(line))?.[0];
  if (marker === undefined || from - start < marker.length) return undefined;
  if (line.slice(marker.length).trim() === '') return { from: start, to: start + line.length, insert: '', select: [start, start] };
  const insert = `\n${item ? nextMarker(item) : marker}`;
  return { from, to, insert, select: [from + insert.length, from + insert.length] };
}

function nextMarker([, indent = '', bullet, number, dot = '', gap = ' ', task]: RegExpExecArray): string {
  const sign = bullet ?? `${Number(number) + 1}${dot}`;
  return indent + sign + gap + (task === undefined ? '' : '[ ] ');
}
