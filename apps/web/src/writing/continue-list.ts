import { type Edit, type Written, isInCode } from './format-text.ts';

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
