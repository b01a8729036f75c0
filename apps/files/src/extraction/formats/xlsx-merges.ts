import type { ZipArchive } from './zip.ts';

/** Larger sheets are read once only. */
const MOST_BYTES = 48 * 1024 * 1024;
const MOST_MERGES = 10_000;
const MOST_ROWS = 1000;
const MOST_COVERED = 200_000;
const MOST_COLUMNS = 1000;
/** Rows at the top in which a heading may stretch over several columns. */
const HEADER_ROWS = 5;

export type Merge = { s: { r: number; c: number }; e: { r: number; c: number } };
/** For each row, the cells in it that a merged one covers, and the one that it begins with. */
export type Covered = Map<number, [column: number, from: { r: number; c: number }][]>;

/** Cells that a merged one covers, where its value belongs to them too: rows below it, and columns under a heading. */
export function coveredCells(merges: Merge[], width: number): Covered {
  const cells: Covered = new Map();
  let count = 0;
  for (const { s, e } of merges.slice(0, MOST_MERGES)) {
    const isTitle = e.c - s.c + 1 >= width - 1;
    for (let r = s.r; r <= Math.min(e.r, s.r + MOST_ROWS); r += 1) {
      const last = r === s.r && s.r < HEADER_ROWS && !isTitle ? Math.min(e.c, MOST_COLUMNS) : s.c;
      for (let c = s.c; c <= last; c += 1) {
        if (r === s.r && c === s.c) continue;
        count += 1;
        if (count > MOST_COVERED) return cells;
        const row = cells.get(r) ?? [];
        row.push([c, s]);
        cells.set(r, row);
      }
    }
  }
  return cells;
}

/** Fills in what merged cells cover. */
export function fillCovered(
  row: string[],
  at: number,
  { covered, valueAt }: { covered: Covered; valueAt(r: number, c: number): string },
): void {
  for (const [column, { r, c }] of covered.get(at) ?? []) {
    while (row.length <= column) row.push('');
    row[column] ||= valueAt(r, c);
  }
}

/**
 * The rows that merged cells reach down to. Which they are stands behind all rows of the sheet, so that it is looked for
 * before those are read.
 */
export async function mergedIn(archive: ZipArchive, part: string): Promise<Covered> {
  const merges: Merge[] = [];
  if (archive.sizeOf(part) > MOST_BYTES) return new Map();
  let rest = '';
  for await (const text of archive.text(part)) {
    const all = rest + text;
    for (const [, from, top, to, bottom] of all.matchAll(/mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"/g)) {
      if (merges.length < MOST_MERGES)
        merges.push({ s: { r: Number(top) - 1, c: columnOf(from!) }, e: { r: Number(bottom) - 1, c: columnOf(to!) } });
    }
    const open = all.lastIndexOf('<');
    rest = open < 0 ? '' : all.slice(open).slice(0, 1000);
  }
  return coveredCells(merges, 0);
}

/** "BC" is the column 54. */
export function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
