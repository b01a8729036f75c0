import { TableWriter } from '../table.ts';

/** More columns than any table has; a span may claim millions. */
const MOST_COLUMNS = 1000;
/** Rows in which the header may still be marked. */
const MOST_HEADER_ROWS = 5;

type Span = { left: number; text: string };

/** One table of a page: a grid whose cells may span columns and rows, its header told by its marks. */
export class HtmlTable {
  private readonly above: string[] = [];
  private readonly spans = new Map<number, Span>();
  private waiting: string[][] | null = [];
  private writer: TableWriter | null = null;
  private headerRows = 0;
  private row: string[] | null = null;
  private cell: { parts: string[]; columns: number; rows: number; plain: boolean } | null = null;
  /** `blank`: the row begins with an empty cell, above the names of the rows. */
  private marked = { head: false, cells: 0, headings: 0, blank: false };

  /** Whether the tag belongs to the grid. */
  open(name: string, attributes: Record<string, string>): boolean {
    if (name === 'thead') this.marked.head = true;
    if (name === 'tr') this.beginRow();
    if (name !== 'td' && name !== 'th') return ['thead', 'tbody', 'tfoot', 'tr', 'table', 'colgroup', 'col'].includes(name);
    if (!this.row) this.beginRow();
    this.marked.cells += 1;
    if (name === 'th') this.marked.headings += 1;
    this.cell = { parts: [], columns: span(attributes.colspan), rows: span(attributes.rowspan), plain: name === 'th' };
    return true;
  }

  /** The text that is certain once a part of the grid ends; undefined when the tag is no part of it. */
  close(name: string): string | undefined {
    if (name === 'thead') this.marked.head = false;
    if (name === 'td' || name === 'th') this.endCell();
    else if (name === 'tr') return this.endRow();
    else if (!['thead', 'tbody', 'tfoot', 'colgroup', 'col'].includes(name)) return undefined;
    return '';
  }

  text(text: string, isBold = false): void {
    if (!this.cell) return void this.above.push(text);
    this.cell.parts.push(text);
    this.cell.plain ||= !isBold && text.trim() !== '';
  }

  end(): string {
    const last = this.row ? this.endRow() : '';
    const held = this.begin();
    const outside = this.above.join('').trim();
    return (outside === '' ? '' : `${outside}\n\n`) + last + held + (this.writer?.end() ?? '');
  }

  private beginRow(): void {
    this.row = [];
    this.marked = { head: this.marked.head, cells: 0, headings: 0, blank: false };
  }

  private endCell(): void {
    if (!this.cell || !this.row) return;
    const { parts, columns, rows, plain } = this.cell;
    const text = parts.join('');
    // A first row in bold names the columns where no tag says so.
    if (!plain && text.trim() !== '' && this.waiting?.length === 0) this.marked.headings += 1;
    if (this.marked.cells === 1 && this.marked.headings === 0) this.marked.blank = text.trim() === '';
    const isHeading = this.marked.head || this.isOfHeadings();
    this.fillSpans();
    for (let i = 0; i < columns && this.row.length < MOST_COLUMNS; i += 1) {
      const shown = i === 0 || isHeading ? text : '';
      if (rows > 1) this.spans.set(this.row.length, { left: rows - 1, text: shown });
      this.row.push(shown);
    }
    this.cell = null;
  }

  /** Every cell names a column, but for the corner above the names of the rows. */
  private isOfHeadings(): boolean {
    const { cells, headings, blank } = this.marked;
    return headings + Number(blank) === cells;
  }

  /** Cells of rows above that reach down to where the row is now. */
  private fillSpans(): void {
    for (let span = this.spans.get(this.row!.length); span; span = this.spans.get(this.row!.length)) {
      span.left -= 1;
      if (span.left === 0) this.spans.delete(this.row!.length);
      this.row!.push(span.text);
    }
  }

  private endRow(): string {
    this.endCell();
    const { row } = this;
    if (!row) return '';
    this.fillSpans();
    this.row = null;
    const { head, cells, headings } = this.marked;
    // One heading alone in its row is a title where it spans columns, and a label where it does not.
    const isHeader = cells > 0 && (head || (row.length > 1 && this.isOfHeadings()));
    if (this.writer) return this.writer.add(row);
    this.waiting!.push(row);
    if (isHeader && this.waiting!.length === this.headerRows + 1 && this.headerRows < MOST_HEADER_ROWS) this.headerRows += 1;
    else if (this.waiting!.some((other) => other.length > 1) || this.waiting!.length > MOST_HEADER_ROWS) return this.begin(headings > 0);
    return '';
  }

  /** What stands above the body is known now. */
  private begin(hasHeadings = false): string {
    if (!this.waiting) return '';
    const rows = this.waiting;
    this.waiting = null;
    const marks = this.headerRows > 0 ? { headerRows: this.headerRows } : { pairs: hasHeadings };
    this.writer = new TableWriter({ ...marks, layout: true });
    return rows.map((row) => this.writer!.add(row)).join('');
  }
}

function span(value: string | undefined): number {
  const number = Number(value ?? 1);
  return Number.isInteger(number) && number > 0 ? Math.min(number, MOST_COLUMNS) : 1;
}
