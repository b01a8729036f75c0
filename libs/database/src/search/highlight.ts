import type { Highlight } from '@atrium/contracts';
import { tokensOf, type Token } from './tokens.ts';
import { isOneWord, PART_LENGTH, type Wanted } from './wanted.ts';

type Range = { start: number; end: number };
/** What is marked: what was wanted, and words that stand for it because they are spelled alike. */
export type Marked = { wanted: readonly Wanted[]; alike: ReadonlySet<string> };

const EXCERPT = 240;
const BEFORE = 60;

/**
 * The piece of a text in which most of what was wanted stands close together, with its places; all in code points.
 * @returns `place`: where the piece stands in the text, without the dots that say it was cut
 */
export function highlight(text: string, marked: Marked): Highlight & { place: Range } {
  const characters = [...text];
  const ranges = rangesIn(text, marked);
  const place = cut(characters, ranges);
  const before = place.start > 0 ? '…' : '';
  const after = place.end < characters.length ? '…' : '';
  const shift = place.start - before.length;
  return {
    text: before + characters.slice(place.start, place.end).join('') + after,
    ranges: ranges
      .filter(({ start, end }) => start >= place.start && end <= place.end)
      .map(({ start, end }) => ({ start: start - shift, end: end - shift })),
    place,
  };
}

/** Whether any of it is in the text. */
export const isMarkedIn = (text: string, marked: Marked): boolean => rangesIn(text, marked).length > 0;

function rangesIn(text: string, { wanted, alike }: Marked): Range[] {
  const tokens = tokensOf(text);
  const found: Range[] = [];
  for (const [index, token] of tokens.entries()) {
    if (alike.has(token.text)) found.push({ start: token.at[0]!, end: token.end });
    for (const one of wanted) found.push(...placesOf(one, tokens, index));
  }
  return merged(found);
}

function placesOf(wanted: Wanted, tokens: readonly Token[], index: number): Range[] {
  const [first] = wanted.texts;
  if (isOneWord(wanted)) return partsIn(tokens[index]!, first!, [...first!].length < PART_LENGTH);
  if (wanted.texts.length === 1 && wanted.runs[0]) return tokens[index]!.isRun ? partsIn(tokens[index]!, first!, false) : [];
  const row = tokens.slice(index, index + wanted.texts.length);
  if (row.length < wanted.texts.length || !row.every((token, nth) => fits(token, wanted, nth))) return [];
  const last = row.at(-1)!;
  const begins = wanted.runs[0] ? row[0]!.text.length - first!.length : 0;
  return [
    { start: row[0]!.at[begins]!, end: endOf(last, wanted.texts.length === 1 ? begins + first!.length : wanted.texts.at(-1)!.length) },
  ];
}

function fits(token: Token, { texts, runs, mayGoOn }: Wanted, nth: number): boolean {
  const text = texts[nth]!;
  const isFirst = nth === 0;
  const isLast = nth === texts.length - 1;
  if (isFirst && isLast) return token.text === text || (mayGoOn && token.text.startsWith(text));
  if (isFirst && runs[nth]) return token.text.endsWith(text);
  if (isLast && (mayGoOn || runs[nth])) return token.text.startsWith(text);
  return token.text === text;
}

function partsIn(token: Token, part: string, onlyAtBeginning: boolean): Range[] {
  const ranges: Range[] = [];
  for (let at = token.text.indexOf(part); at >= 0; at = token.text.indexOf(part, at + part.length)) {
    if (onlyAtBeginning && at > 0) break;
    ranges.push({ start: token.at[at]!, end: endOf(token, at + part.length) });
  }
  return ranges;
}

/** The code point after the folded letter before `until`, with what belongs to it and was folded away. */
const endOf = (token: Token, until: number): number => token.at[until] ?? token.end;

function merged(ranges: Range[]): Range[] {
  const sorted = ranges.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || a.end - b.end);
  const kept: Range[] = [];
  for (const range of sorted) {
    const last = kept.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else kept.push({ ...range });
  }
  return kept;
}

/** The window that begins a little before a place and holds the most places. */
function cut(characters: readonly string[], ranges: readonly Range[]): Range {
  if (characters.length <= EXCERPT) return { start: 0, end: characters.length };
  let best = { start: 0, held: -1 };
  let behind = 0;
  for (const [index, { start }] of ranges.entries()) {
    while (behind < ranges.length && ranges[behind]!.end <= start - BEFORE + EXCERPT) behind += 1;
    if (behind - index > best.held) best = { start: Math.max(0, start - BEFORE), held: behind - index };
  }
  const start = toWord(characters, Math.min(best.start, characters.length - EXCERPT));
  return { start, end: Math.min(characters.length, start + EXCERPT) };
}

function toWord(characters: readonly string[], start: number): number {
  if (start === 0) return 0;
  for (let at = start; at < start + BEFORE / 2; at += 1) if (/\s/u.test(characters[at]!)) return at + 1;
  return start;
}
