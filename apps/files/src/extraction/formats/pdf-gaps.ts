import type { Segment } from './pdf-lines.ts';

/** What lines leave free, from left to right. */
export type Gap = { from: number; to: number };

/** What a line leaves free between what stands on it. */
export function gapsOf(line: Segment[]): Gap[] {
  return line.slice(1).map((segment, i) => ({ from: line[i]!.right, to: segment.left }));
}

/** What a line leaves of the gaps: a gap narrower than a letter is none. */
export function narrowed(gaps: Gap[], line: Segment[]): Gap[] {
  const least = Math.max(...line.map(({ height }) => height), 1) * 0.6;
  return gaps.flatMap((gap) => {
    let { from, to } = gap;
    for (const segment of line) {
      if (segment.right <= from || segment.left >= to) continue;
      if (segment.left <= from && segment.right >= to) return [];
      // A segment that reaches into the gap from one side narrows it.
      if (segment.left - from < to - segment.right) from = segment.right;
      else to = segment.left;
    }
    return to - from >= least ? [{ from, to }] : [];
  });
}

/** The segments of a line, column by column. */
export function columnsOf(line: Segment[], gaps: Gap[]): Segment[][] {
  const columns: Segment[][] = Array.from({ length: gaps.length + 1 }, () => []);
  for (const segment of line) {
    const centre = (segment.left + segment.right) / 2;
    columns[gaps.filter((gap) => centre > (gap.from + gap.to) / 2).length]!.push(segment);
  }
  return columns;
}

/** Every gap that runs through all of the lines: columns may begin further down than the first line. */
export function gapsThrough(lines: Segment[][]): Gap[] {
  const segments = lines.flat().toSorted((a, b) => a.left - b.left);
  const least = Math.max(...lines.map((line) => line[0]!.height)) * 0.6;
  const gaps: Gap[] = [];
  let right = segments[0]!.right;
  for (const segment of segments) {
    if (segment.left - right >= least) gaps.push({ from: right, to: segment.left });
    right = Math.max(right, segment.right);
  }
  return gaps;
}
