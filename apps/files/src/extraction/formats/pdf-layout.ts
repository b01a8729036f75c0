import { Hyphens } from './hyphens.ts';
import { columnsOf, gapsOf, gapsThrough, narrowed, type Gap } from './pdf-gaps.ts';
import { linesOf, type Segment } from './pdf-lines.ts';
import type { Run } from './pdf-run.ts';
import { joinLines, type Line } from './pdf-paragraphs.ts';
import { tableOf } from './pdf-tables.ts';

/** Lines on which something stands beside each other, at least, for columns or a table. */
const LEAST_LINES = 2;

/** The text of a page as people read it: columns one after the other, tables row by row, sentences whole. */
export function layOutPage(runs: Run[], hyphens = new Hyphens()): string {
  const lines = linesOf(runs);
  for (const line of lines) for (const segment of line) hyphens.learn(segment.text.replace(/[-\u2010]\s*$/, '').replace(/\p{L}*$/u, ''));
  return layOut(lines, hyphens, 0);
}

function layOut(lines: Segment[][], hyphens: Hyphens, depth: number): string {
  const blocks: string[] = [];
  let plain: Line[] = [];
  const flush = () => {
    if (plain.length > 0) blocks.push(joinLines(plain, hyphens));
    plain = [];
  };
  for (let at = 0; at < lines.length;) {
    const band = depth > 4 ? null : (findBand(lines, at) ?? findOffsetColumns(lines, at));
    if (!band) {
      plain.push(joined(lines[at]!));
      at += 1;
      continue;
    }
    // Lines above that stand on one side alone are above, not beside.
    flush();
    blocks.push(band.isText || isProse(band) ? proseColumns(band, hyphens, depth) : tableOf(band.lines, band.gaps));
    at = band.to;
  }
  flush();
  return blocks.filter((block) => block.trim() !== '').join('\n\n');
}

/** What stands on one line, read on from left to right. */
function joined(segments: Segment[]): Line {
  const isRtl = segments.some(({ text }) => /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text));
  const ordered = isRtl ? segments.toReversed() : segments;
  return {
    text: ordered.map(({ text }) => text).join(' '),
    left: Math.min(...segments.map(({ left }) => left)),
    right: Math.max(...segments.map(({ right }) => right)),
    y: segments[0]!.y,
    height: Math.max(...segments.map(({ height }) => height)),
  };
}

/** Lines that leave the same gaps free from top to bottom. */
type Band = { lines: Segment[][]; gaps: Gap[]; to: number; /** Known to be columns of text. */ isText?: boolean };

/** The lines from `from` on that share a gap; null when what stands there is no more than text. */
function findBand(lines: Segment[][], from: number): Band | null {
  if (lines[from]!.length < 2) return null;
  const start = lines[from]!;
  let gaps = gapsOf(start);
  let to = from + 1;
  for (; to < lines.length; to += 1) {
    const above = lines[to - 1]!;
    const line = lines[to]!;
    const height = Math.max(...line.map((segment) => segment.height), 1);
    // Far below, something new begins.
    if (above[0]!.y - line[0]!.y > height * 5) break;
    if (line.length === 1 && isHeading(line[0]!, start)) break;
    const left = narrowed(gaps, line);
    if (left.length === 0) break;
    gaps = left;
  }
  while (to > from && lines[to - 1]!.length < 2 && isApart(lines, to - 1)) to -= 1;
  // Rows of a table may wrap; a longer run of lines on one side is text that goes on below it.
  to = withoutPageNumber(lines, from, to);
  const end = isProse({ lines: lines.slice(from, to), gaps: gapsThrough(lines.slice(from, to)), to })
    ? to
    : from + rowsUntilText(lines.slice(from, to));
  if (end < to) gaps = lines.slice(from + 1, end).reduce((left, line) => narrowed(left, line), gapsOf(start));
  to = end;
  const band = lines.slice(from, to);
  const beside = band.filter((line) => line.length > 1).length;
  const widest = Math.max(...gaps.map((gap) => gap.to - gap.from));
  const height = start[0]!.height;
  if (beside < LEAST_LINES || (beside < 3 && widest < height * 1.5) || !isAligned(band, gaps)) return null;
  return { lines: band, gaps: gapsThrough(band), to };
}

/** The number of a page, or its footer, may stand in the gap between two columns of text; it is below them. */
function withoutPageNumber(lines: Segment[][], from: number, to: number): number {
  if (to - from < LEAST_TEXT_LINES || isColumns(lines, from, to)) return to;
  return isColumns(lines, from, to - 1) ? to - 1 : to;
}

const LEAST_TEXT_LINES = 8;
const isColumns = (lines: Segment[][], from: number, to: number): boolean => {
  const band = lines.slice(from, to);
  return isProse({ lines: band, gaps: gapsThrough(band), to });
};

function rowsUntilText(lines: Segment[][]): number {
  let alone = 0;
  for (const [i, line] of lines.entries()) {
    alone = line.length < 2 ? alone + 1 : 0;
    if (alone === 3) return i - 2;
  }
  return lines.length - alone;
}

/** What stands in one column begins, ends or is centred at one place; what only happens to stand below does not. */
function isAligned(band: Segment[][], gaps: Gap[]): boolean {
  const rows = band.filter((line) => line.length > 1).map((line) => columnsOf(line, gaps));
  return gaps.every((_, gap) => {
    const cells = rows.flatMap((columns) => (columns[gap + 1]!.length > 0 ? [columns[gap + 1]!] : []));
    const near = (cells[0]?.[0]?.height ?? 1) * 0.7;
    const edges = [
      cells.map((cell) => cell[0]!.left),
      cells.map((cell) => cell.at(-1)!.right),
      cells.map((cell) => (cell[0]!.left + cell.at(-1)!.right) / 2),
    ];
    return cells.length < 2 || edges.some((places) => commonest(places, near) >= Math.max(2, places.length * 0.5));
  });
}

/** How many of the places lie where most of them lie. */
function commonest(places: number[], near: number): number {
  const sorted = places.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while (sorted[to]! - sorted[from]! > near) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

const isHeading = (segment: Segment, start: Segment[]) => segment.height > Math.max(...start.map(({ height }) => height)) * 1.25;

function isApart(lines: Segment[][], at: number): boolean {
  const [above, line] = [lines[at - 1], lines[at]!];
  return !above || above[0]!.y - line[0]!.y > line[0]!.height * 2.2;
}

/** Lines at the beginning among which one must stand beside the others, for two columns whose lines stand at other heights. */
const LINES_AHEAD = 6;
/** Changes from one side to the other, and lines on each side, at least. */
const LEAST_CHANGES = 6;
const LEAST_SIDE_LINES = 4;

/** Columns of text whose lines do not stand at the same heights: a gap runs down between them. */
function findOffsetColumns(lines: Segment[][], from: number): Band | null {
  const other = lines.slice(from + 1, from + LINES_AHEAD).findIndex((_, i) => gapsThrough(lines.slice(from, from + i + 2)).length > 0);
  if (other < 0) return null;
  let to = from + other + 2;
  let gaps = gapsThrough(lines.slice(from, to));
  for (; to < lines.length; to += 1) {
    if (lines[to - 1]![0]!.y - lines[to]![0]!.y > lines[to]![0]!.height * 5) break;
    const left = narrowed(gaps, lines[to]!);
    if (left.length === 0) break;
    gaps = left;
  }
  const band = lines.slice(from, to);
  const through = gapsThrough(band);
  return through.length === 1 && isInterleaved(band, through) ? { lines: band, gaps: through, to, isText: true } : null;
}

function isInterleaved(band: Segment[][], gaps: Gap[]): boolean {
  const columns = band.map((line) => columnsOf(line, gaps));
  const sides = columns.flatMap(([left, right]) => (left!.length > 0 && right!.length > 0 ? [] : [left!.length > 0]));
  const changes = sides.filter((side, i) => i > 0 && side !== sides[i - 1]).length;
  const texts = [0, 1].map((side) => columns.flatMap((parts) => (parts[side]!.length > 0 ? [wordsOf(parts[side]!)] : [])));
  const isText = texts.every((side) => side.length >= LEAST_SIDE_LINES && side.reduce((sum, words) => sum + words, 0) / side.length >= 2);
  const [less, more] = texts.map((side) => side.length).toSorted((a, b) => a - b) as [number, number];
  return changes >= LEAST_CHANGES && isText && less >= more * 0.4;
}

const wordsOf = (segments: Segment[]): number => segments.reduce((sum, { text }) => sum + text.trim().split(/\s+/).length, 0);

/** Columns of running text have long lines; cells of a table are short in at least one column. */
function isProse({ lines, gaps }: Band): boolean {
  const columns = gaps.length + 1;
  if (lines.length < 3 && columns > 2) return false;
  return Array.from({ length: columns }, (_, column) => lines.flatMap((line) => columnsOf(line, gaps)[column]!)).every((segments) => {
    const words = segments.reduce((sum, { text }) => sum + text.trim().split(/\s+/).length, 0) / Math.max(1, segments.length);
    const letters = segments.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, segments.length);
    const unspaced = segments.some(({ text }) => /\p{Script=Han}{6}/u.test(text));
    return (words >= 3 && letters >= 16) || (unspaced && letters >= 8);
  });
}

function proseColumns({ lines, gaps }: Band, hyphens: Hyphens, depth: number): string {
  const columns = Array.from({ length: gaps.length + 1 }, (_, column) =>
    lines.map((line) => columnsOf(line, gaps)[column]!).filter((segments) => segments.length > 0),
  );
  const isRtl = lines.flat().some(({ text }) => /[\p{Script=Hebrew}\p{Script=Arabic}]{3}/u.test(text));
  return (isRtl ? columns.toReversed() : columns).map((column) => layOut(column, hyphens, depth + 1)).join('\n\n');
}
