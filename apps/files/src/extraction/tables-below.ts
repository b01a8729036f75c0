import { filled, isFilled, isLabel, kindOf } from './table-header.ts';

/** So many rows tell what stands in a column. */
const ROWS = 2;

/** Follows the rows of a sheet, and tells where below a blank row another table begins: with words above, or in place of, numbers. */
export class TablesBelow {
  /** Whether a blank row, and titles at most, stand right above. */
  isApart = false;
  private rows: string[][] = [];

  /** Whether the row is the first of another table. */
  begins(row: string[]): boolean {
    if (!row.some(isFilled)) {
      this.isApart = true;
      return false;
    }
    if (filled(row) === 1) return false;
    const begins = this.isApart && this.isOther(row);
    this.isApart = false;
    this.rows = begins ? [] : [...this.rows.slice(1 - ROWS), row];
    return begins;
  }

  /** A row of names, one of them where numbers stood. */
  private isOther(row: string[]): boolean {
    if (this.rows.length < ROWS || !row.every((cell) => !isFilled(cell) || isLabel(cell))) return false;
    return row.some((cell, i) => kindOf(cell) === 'label' && this.rows.every((above) => NUMBERS.has(kindOf(above[i] ?? ''))));
  }
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'year', 'date']);
