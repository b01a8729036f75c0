/** What the format itself says of a table. */
export type TableMarks = {
  /** Rows at the top that are marked as the header. */
  headerRows?: number;
  /** A file of records: its first row is the header unless the values speak against it. */
  records?: boolean;
  /** The first cell of each row is marked as its heading, or ends with a colon. */
  pairs?: boolean;
  /** Pages may be laid out with such tables. */
  layout?: boolean;
};

export type Header = { titles: string[]; columns: string[] | null; bodyFrom: number };

/** Lines above a table, at most: more of them are no titles. */
const MOST_TITLES = 10;
const LABEL_CHARS = 120;

export const isFilled = (cell: string): boolean => cell.trim() !== '';
export const filled = (row: string[]) => row.filter(isFilled).length;

/** Finds the names of the columns: below lines that stand above the table, in one row or in several. */
export function findHeader(wide: string[][], marks: TableMarks): Header {
  // Empty columns at the right, and separators at the ends of lines, are no part of the table.
  const width = Math.max(0, ...wide.map((row) => row.findLastIndex(isFilled) + 1));
  const rows = wide.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
  const spanning = spanningRows(rows);
  const headerRows = Math.max(0, (marks.headerRows ?? 0) - spanning);
  const from = headerRows > 0 ? spanning : Math.max(spanning, titleRows(rows));
  const titles = rows.slice(0, from).flatMap((row) => (filled(row) > 0 ? [[...new Set(row.filter(isFilled))].join(' ')] : []));
  const depth = headerDepth(rows.slice(from), { ...marks, headerRows });
  if (depth === 0 || depth >= rows.length - from) return { titles, columns: null, bodyFrom: from };
  return { titles, columns: joinHeader(rows.slice(from, from + depth)), bodyFrom: from + depth };
}

/** How many rows at the top say one thing over all columns: a title, be it marked as part of the header. */
function spanningRows(rows: string[][]): number {
  const isSpanning = (row: string[]) => new Set(row.filter(isFilled)).size === 1 && (filled(row) === row.length || filled(row) === 1);
  const first = rows.findIndex((row) => !isSpanning(row) && filled(row) > 0);
  if (first <= 0 || first > MOST_TITLES || rows[first]!.length < 2 || filled(rows[first]!) < 2) return 0;
  // What stands over one column alone, and not the first, is the name of a group.
  return rows.slice(0, first).some((row) => filled(row) === 1 && !isFilled(row[0] ?? '')) ? 0 : first;
}

/** How many rows at the top are titles and notes: far less full than the rows of the table. */
function titleRows(rows: string[][]): number {
  const counts = rows.map(filled).filter((count) => count > 0);
  const typical = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  const widest = Math.max(0, ...counts);
  if (widest < 2) return 0;
  const first = rows.findIndex((row, i) => filled(row) > Math.max(1, typical / 2) || (filled(row) > 1 && isGroupRow(row, rows[i + 1])));
  return first > 0 && first <= MOST_TITLES ? first : 0;
}

/** "2023" above "Q1" and "Q2", with nothing above the names of the rows. */
const isGroupRow = (row: string[], next: string[] | undefined) =>
  next !== undefined &&
  !isFilled(row[0] ?? '') &&
  filled(next) >= filled(row) * 2 &&
  next.every((cell) => !isFilled(cell) || isLabel(cell));

function headerDepth(rows: string[][], marks: TableMarks): number {
  const [first, second] = rows;
  if (!first) return 0;
  // Formats that mark one row alone leave the names below the groups unmarked.
  if (marks.headerRows && marks.headerRows > 1) return marks.headerRows;
  const grouped = second !== undefined && rows.length > 2 && (isGroupRow(first, second) || isCompleted(first, second) || hasSpans(first));
  if (grouped && isHeader(second, rows.slice(2), { ...marks, records: true })) return 2;
  return marks.headerRows || isHeader(first, rows.slice(1), marks) ? 1 : 0;
}

/** "Boat" and "2024" above nothing, "In" and "Out": each row names the columns that the other leaves open. */
const isCompleted = (row: string[], next: string[]) =>
  isFilled(row[0] ?? '') &&
  // A cell that reaches down to the second row was written in both.
  (!isFilled(next[0] ?? '') || next[0] === row[0]) &&
  row.some((cell) => !isFilled(cell)) &&
  row.every((cell, i) => (isFilled(cell) || isFilled(next[i] ?? '')) && isLabel(next[i] ?? ''));

/** A heading over several columns was written over each of them. */
const hasSpans = (row: string[]) => row.some((cell, i) => isFilled(cell) && cell === row[i + 1] && isLabel(cell));

type Kind = 'blank' | 'number' | 'year' | 'date' | 'label';

/** What a cell says, by how it is written. */
export function kindOf(cell: string): Kind {
  const text = cell.trim();
  if (text === '') return 'blank';
  if (/^(?:FY ?)?(?:1[5-9]|20|21)\d\d(?:\s?[/–-]\s?\d{2,4})?$/.test(text)) return 'year';
  if (/^\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?(?:[ T]\d{1,2}:\d\d.*)?$/.test(text)) return 'date';
  return /\p{L}/u.test(text) && !/^[\p{Sc}+−-]?\s*\d[\d\s.,'’]*\s*\p{L}{1,3}$/u.test(text) ? 'label' : 'number';
}

export const isLabel = (cell: string) => kindOf(cell) !== 'number' && cell.length <= LABEL_CHARS;

/** Whether a row names what stands below it, told by how it differs from what stands below it. */
function isHeader(row: string[], body: string[][], marks: TableMarks): boolean {
  // The same row further down is the header of the next page.
  const filledBody = body.filter((other) => filled(other) > 0 && other.some((cell, i) => cell !== row[i]));
  // One value over and over is a value.
  if (body.filter((other) => filled(other) > 0).length > filledBody.length * 2) return false;
  if (filled(row) === 0 || filledBody.length === 0 || row.some((cell) => cell.length > LABEL_CHARS)) return false;
  if (filled(row) === 1 && filledBody.some((other) => filled(other) > 1)) return false;
  const columns = row.map((cell, i) => ({ cell, kind: kindOf(cell), below: filledBody.map((other) => other[i] ?? '') }));
  if (columns.filter(({ kind }, i) => kind === 'blank' && i > 0).length > row.length / 3) return false;
  if (!columns.every((column) => mayName(column, row))) return false;
  const repeated = columns.filter(({ cell, below }) => isFilled(cell) && below.includes(cell)).length;
  if (repeated * 2 >= filled(row) || columns.filter(isOfSameShape).length * 2 >= filled(row)) return false;
  if (marks.records || isRepeated(row, body)) return true;
  if (marks.pairs || columns.every(({ cell }) => /:$/.test(cell))) return false;
  const differs = columns.some(({ kind, below }) => kind !== 'blank' && below.some((cell) => isFilled(cell) && kindOf(cell) !== kind));
  return differs || filled(row) >= 3;
}

/** On every page anew, or twice at the top: the only row that is there more than once. */
function isRepeated(row: string[], body: string[][]): boolean {
  const key = (cells: string[]) => cells.join('\u0000');
  const others = body.filter((cells) => filled(cells) > 0 && key(cells) !== key(row)).map(key);
  const count = body.filter((cells) => key(cells) === key(row)).length;
  return count > 0 && filled(row) > 1 && row.every((cell) => kindOf(cell) === 'label') && new Set(others).size === others.length;
}

type Column = { cell: string; kind: Kind; below: string[] };

/** Words name a column; years, dates and running numbers do where other things stand below them. */
function mayName({ kind, below }: Column, row: string[]): boolean {
  if (kind === 'blank' || kind === 'label') return true;
  if (kind === 'number') return isCounting(row);
  return !below.filter(isFilled).every((cell) => kindOf(cell) === kind);
}

/** "Row 1" stands above "Row 2" as one of them, not as their name. */
function isOfSameShape({ cell, below }: Column): boolean {
  const shape = (text: string) => text.replace(/\d+/g, '0');
  return /\d/.test(cell) && /\p{L}/u.test(cell) && below.filter(isFilled).every((other) => shape(other) === shape(cell));
}

/** 1, 2, 3 … over the columns, as for months and hours. */
function isCounting(row: string[]): boolean {
  const numbers = row.filter((cell) => kindOf(cell) === 'number').map(Number);
  return numbers.length >= 3 && numbers.every((value, i) => i === 0 || value === numbers[i - 1]! + 1) && !/^\d/.test(row[0] ?? '');
}

/** The names of the columns, where several rows name them from the general to the particular. */
function joinHeader(rows: string[][]): string[] {
  const width = Math.max(...rows.map((row) => row.length));
  const spread = rows.map((row, i) => (i < rows.length - 1 ? spreadGroups(row) : row));
  return Array.from({ length: width }, (_, column) => {
    const names = spread.map((row) => (row[column] ?? '').trim()).filter((name) => name !== '');
    return names.filter((name, i) => name !== names[i - 1]).join(' ');
  });
}

/** A group's name stands over its first column alone where the format knows no spans. */
function spreadGroups(row: string[]): string[] {
  let group = '';
  return row.map((cell) => (isFilled(cell) ? (group = cell) : group));
}
