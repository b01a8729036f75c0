import { writeTable } from '../table.ts';

/** The table that is being read, cell by cell. */
export class RtfTable {
  /** Whether what is written now stands in a cell. */
  isOpen = false;
  private rowOpenedIt = false;
  private cell: string[] = [];
  private row: string[] = [];
  private rows: string[][] = [];

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  add(text: string): void {
    this.cell.push(text);
  }

  /** Some programs say only where a row begins and ends, and not that its paragraphs are in it. */
  beginRow(): void {
    this.rowOpenedIt ||= !this.isOpen;
    this.isOpen = true;
  }

  /** Paragraphs are out of the table until they say that they are in it, save in a row that opened it itself. */
  beginParagraphs(): void {
    this.isOpen = this.rowOpenedIt;
  }

  endCell(): void {
    this.row.push(this.cell.join(''));
    this.cell = [];
  }

  endRow(): void {
    if (this.row.length > 0) this.rows.push(this.row);
    this.row = [];
    if (this.rowOpenedIt) this.isOpen = false;
    this.rowOpenedIt = false;
  }

  /** @returns the table, after what stands in a cell that never ended */
  take(): string[] {
    const loose = this.cell.some((part) => part.trim() !== '') ? [this.cell.join('')] : [];
    const table = this.hasRows ? ['\n\n', writeTable(this.rows), '\n'] : [];
    this.cell = [];
    this.rows = [];
    return [...loose, ...table];
  }
}
