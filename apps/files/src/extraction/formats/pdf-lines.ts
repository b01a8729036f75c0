import { inReadingOrder } from './pdf-direction.ts';
import type { Run } from './pdf-run.ts';
import { setApart } from './pdf-spacing.ts';

/** Runs on one line without a wide gap between them. */
export type Segment = {
  text: string;
  left: number;
  right: number;
  y: number;
  height: number;
  /** Null where there are several. */ font: string | null;
};

/** A gap so wide, in heights of a letter, parts what stands beside each other. */
const GAP = 0.9;
/** One so wide does where what follows it begins at one place on several lines: in tables that are set tight. */
const TIGHT_GAP = 0.6;
/** How near those lines are, how many, and how exactly they agree, in points. */
const NEAR_LINES = 6;
const AGREEING_LINES = 2;
const EXACT = 1;

/** The lines of a page from top to bottom, each as its segments from left to right. */
export function linesOf(runs: Run[]): Segment[][] {
  const lines: { runs: Run[]; y: number; height: number }[] = [];
  for (const run of drawnOnce(runs).toSorted((a, b) => b.y - a.y)) {
    const line = lines.slice(-3).findLast((other) => isOnLine(other, run) && !isBelow(other.runs, run));
    if (!line) lines.push({ runs: [run], y: run.y, height: run.height });
    else {
      line.runs.push(run);
      if (run.height > line.height * 1.2) Object.assign(line, { y: run.y, height: run.height });
    }
  }
  const ordered = lines.toSorted((a, b) => b.y - a.y).map(({ runs: on }) => on.toSorted((a, b) => a.x - b.x));
  const starts = columnStarts(ordered);
  return ordered.map((on, i) => segmentsOf(on, starts[i]!)).filter((segments) => segments.length > 0);
}

/** For each line, the runs that begin a column behind a narrow gap. */
function columnStarts(lines: Run[][]): Set<Run>[] {
  const behindGaps = lines.map((runs) => runsBehindGaps(runs));
  return behindGaps.map((runs, at) => {
    const near = behindGaps.slice(Math.max(0, at - NEAR_LINES), at + NEAR_LINES + 1);
    const agreeing = (place: (run: Run) => number, run: Run, among: Run[][]): number =>
      among.filter((others) => others.some((other) => Math.abs(place(other) - place(run)) <= EXACT)).length - 1;
    return new Set(
      runs.filter(
        (run) =>
          agreeing(({ x }) => x, run, near) >= AGREEING_LINES ||
          (isFigure(run) &&
            agreeing(
              ({ x, width }) => x + width,
              run,
              near.map((others) => others.filter(isFigure)),
            ) >= AGREEING_LINES),
      ),
    );
  });
}

function runsBehindGaps(runs: Run[]): Run[] {
  let right = Infinity;
  return runs.filter((run, i) => {
    const isBehind = run.x - right > Math.max(run.height, runs[i - 1]?.height ?? 0, 1) * TIGHT_GAP;
    right = Math.max(i === 0 ? -Infinity : right, run.x + run.width);
    return isBehind;
  });
}

/** Words at the right margin of a text end at one place too, numbers hardly ever. */
const isFigure = ({ text }: Run): boolean => /^[\p{Sc}+\u2212-]?\s*\d[\d\s.,'’]*\s*[\p{Sc}%]?$/u.test(text.trim());

/** Exponents and notes stand a little above or below the line they belong to. */
function isOnLine(line: { y: number; height: number }, run: Run): boolean {
  const tall = Math.max(line.height, run.height);
  const away = Math.abs(line.y - run.y);
  return away < Math.min(line.height, run.height) * 0.4 || (Math.min(line.height, run.height) < tall * 0.8 && away < tall * 0.6);
}

/** Two lines of small letters may stand beside one of large letters; what stands under words of a line is no part of it. */
function isBelow(runs: Run[], run: Run): boolean {
  const isText = ({ text }: Run) => text.trim().length >= LEAST_TEXT;
  return (
    isText(run) &&
    runs.some(
      (other) =>
        isText(other) &&
        other.x < run.x + run.width &&
        run.x < other.x + other.width &&
        Math.abs(other.y - run.y) > Math.min(other.height, run.height) * 0.6,
    )
  );
}

/** Signs above and below each other, in formulas, are shorter. */
const LEAST_TEXT = 4;

/** Bold letters and shadows are made by drawing the same text twice, a little apart. */
function drawnOnce(runs: Run[]): Run[] {
  const seen = new Map<string, Run[]>();
  return runs.filter((run) => {
    if (run.text.trim() === '') return false;
    const same = seen.get(run.text) ?? [];
    seen.set(run.text, same);
    const near = run.height * 0.3;
    // Of very many equal runs, the last drawn are enough to look at.
    if (same.slice(-50).some((other) => Math.abs(other.x - run.x) < near && Math.abs(other.y - run.y) < near)) return false;
    same.push(run);
    return true;
  });
}

function segmentsOf(runs: Run[], columnStarts: ReadonlySet<Run>): Segment[] {
  const groups: Run[][] = [];
  let right = -Infinity;
  let before: Run | undefined;
  // A line of letters set apart is no row of columns.
  const isApart = !runs.some((run) => columnStarts.has(run)) && setApart(runs) !== null;
  for (const run of runs) {
    const height = Math.max(run.height, before?.height ?? 0, 1);
    if (before && isApart) groups.at(-1)!.push(run);
    else if (!before || run.x - right > height * GAP || columnStarts.has(run)) groups.push([run]);
    else groups.at(-1)!.push(run);
    right = Math.max(right, run.x + run.width);
    before = run;
  }
  return withMarks(groups).map((group) => ({
    text: inReadingOrder(setApart(group) ?? withBlanks(group)),
    left: group[0]!.x,
    right: Math.max(...group.map((run) => run.x + run.width)),
    y: group[0]!.y,
    height: Math.max(...group.map((run) => run.height)),
    font: group.every((run) => run.font === group[0]!.font) ? (group[0]!.font ?? null) : null,
  }));
}

/** The number or the sign of an item belongs to its words, however far it stands before them: it is no column. */
function withMarks(groups: Run[][]): Run[][] {
  const [mark, words, ...others] = groups;
  if (!mark || !words || others.length > 0 || !ITEM_MARK.test(mark.map(({ text }) => text).join(''))) return groups;
  const first = mark[0]!;
  const gap = words[0]!.x - Math.max(...mark.map((run) => run.x + run.width));
  return gap <= first.height * MARK_GAP ? [[...mark, ...words]] : groups;
}

const ITEM_MARK = /^\s*(?:[•▪●○◦‣–*-]|\(?(?:\p{N}{1,3}|[a-z]|[ivx]{1,5})[.)])\s*$/iu;
/** In heights of a letter. */
const MARK_GAP = 4;

/** Words of the group from left to right; blanks are pieces of their own. */
function withBlanks(group: Run[]): string[] {
  return group.flatMap((run, i) => {
    const before = group[i - 1];
    if (!before) return [run.text];
    const blank = isBlankBetween(before, run) || (i === 1 && isNoteMark(before, run));
    return blank && !/\s$/.test(before.text) && !/^\s/.test(run.text) ? [' ', run.text] : [run.text];
  });
}

/**
 * The program's own blanks count where it drew a run right after the one to the left of it. Where it drew them the other
 * way round, as lines that run from the right often are, a blank may be no more than a distance.
 */
function isBlankBetween(before: Run, run: Run): boolean {
  const gap = run.x - before.x - before.width;
  const isWide = gap > Math.max(run.height, before.height) * 0.15;
  if (follows(before, run)) return run.blankBefore === true;
  if (follows(run, before)) return isWide || before.blankBefore === true;
  return isWide || (run.blankBefore === true && gap > 0);
}

const follows = (first: Run, second: Run): boolean => second.drawn !== undefined && second.drawn === (first.drawn ?? NaN) + 1;

/** The raised sign that begins a note is not part of its first word. */
const isNoteMark = (mark: Run, words: Run): boolean =>
  mark.height < words.height * 0.85 &&
  mark.y > words.y + words.height * 0.1 &&
  /^[\p{L}\p{N}*†‡§¶]{1,3}$/u.test(mark.text.trim()) &&
  /^\p{L}{2}/u.test(words.text);
