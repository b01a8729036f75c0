import { TablesBelow } from './tables-below.ts';
import { filled, findHeader, isFilled, type TableMarks } from './table-header.ts';

/** Rows looked at to tell the header; the rest is written as it comes. */
const LOOKED_AT = 40;
/** A cell so long is a piece of a page that a table lays out, not a value. */
const LAYOUT_CHARS = 400;

/**
 * Writes any table in one form, whatever format it was read from. Where there is a header, every row is one line that
 * names the column of each value, so that a row can be quoted alone; where there is none, values stand between bars.
 */
export class TableWriter {
  private readonly marks: TableMarks;
  private waiting: string[][] = [];
  private columns: string[] | null = null;
  private decided = false;
  private readonly below = new TablesBelow();

  constructor(marks: TableMarks = {}) {
    this.marks = marks;
  }

  /** Adds a row and returns the text that is certain by now. */
  add(cells: string[]): string {
    const row = cells.map(oneLine);
    const begins = this.marks.records === true && this.below.begins(row);
    if (begins) return this.beginAnother(row);
    if (this.decided) return this.below.isApart && filled(row) === 1 ? `${withBars(row)}\n` : this.line(row);
    this.waiting.push(this.marks.layout ? cells : row);
    return this.waiting.length >= LOOKED_AT ? this.decide() : '';
  }

  /** What stands right above it, alone in its row, is its title. */
  private beginAnother(row: string[]): string {
    const last = this.waiting.findLastIndex((other) => filled(other) > 1);
    const titles = this.decided ? [] : this.waiting.splice(last + 1);
    const text = this.decided ? '' : this.decide();
    this.decided = false;
    this.waiting = [...titles, row];
    return `${text}\n`;
  }

  /** Returns what was still held back. */
  end(): string {
    return this.decided ? '' : this.decide();
  }

  private decide(): string {
    this.decided = true;
    const rows = this.waiting;
    this.waiting = [];
    if (this.marks.layout && looksLaidOut(rows, this.marks)) return rows.flat().filter(isFilled).join('\n\n') + '\n';
    const tidy = this.marks.layout ? rows.map((row) => row.map(oneLine)) : rows;
    const { titles, columns, bodyFrom } = findHeader(tidy, this.marks);
    this.columns = columns ?? this.columns;
    const above = titles.length > 0 ? `${titles.join('\n')}\n\n` : '';
    const names = columns ? `${columns.filter(isFilled).join(' | ')}\n\n` : '';
    return (
      above +
      names +
      tidy
        .slice(bodyFrom)
        .map((row) => this.line(row))
        .join('')
    );
  }

  private line(row: string[]): string {
    if (!row.some(isFilled)) return '';
    const { columns } = this;
    if (!columns) return `${isPair(row) && (this.marks.pairs || /:$/.test(row[0]!.trim())) ? pair(row) : withBars(row)}\n`;
    // Where pages of a table were joined, its header stands between the rows again.
    if (row.length >= columns.length && columns.every((column, i) => column === row[i])) return '';
    const named = row.flatMap((cell, i) => (isFilled(cell) ? [nameCell(columns[i] ?? '', cell)] : []));
    return `${named.join('; ')}\n`;
  }
}

/** The whole of a table that is at hand. */
export function writeTable(rows: string[][], marks?: TableMarks): string {
  const writer = new TableWriter(marks);
  return rows.map((row) => writer.add(row)).join('') + writer.end();
}

const oneLine = (cell: string) => cell.replace(/\s+/g, ' ').trim();
const nameCell = (column: string, cell: string) => (column === '' ? cell : `${column.replace(/\s*:$/, '')}: ${cell}`);

function withBars(row: string[]): string {
  const last = row.findLastIndex(isFilled);
  return row.slice(0, last + 1).join(' | ');
}

/** A label and its value, as forms have them. */
const isPair = (row: string[]) => row.filter(isFilled).length === 2 && isFilled(row[0] ?? '');
const pair = (row: string[]) => {
  const [label, value] = row.filter(isFilled);
  return nameCell(label!, value!);
};

/** Old pages and mails are laid out with tables: whole paragraphs stand in their cells. */
function looksLaidOut(rows: string[][], marks: TableMarks): boolean {
  if (marks.headerRows) return false;
  const cells = rows.flat().filter(isFilled);
  const blocks = cells.filter((cell) => cell.length > LAYOUT_CHARS || /\n\s*\n/.test(cell.trim())).length;
  return cells.length > 0 && (blocks * 4 >= cells.length || rows.every((row) => row.filter(isFilled).length < 2));
}
