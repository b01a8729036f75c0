import { TableWriter } from '../table.ts';
import type { XmlHandlers } from './office-xml.ts';
import type { XlsxFormats } from './xlsx-formats.ts';
import { columnOf, fillCovered, type Covered } from './xlsx-merges.ts';

const MOST_COLUMNS = 1000;

type Cell = { column: number; type: string; style: number };

/** The rows of a sheet as a stream of tags. */
export class SheetText implements XmlHandlers {
  private readonly table = new TableWriter({ records: true });
  private readonly shared: string[];
  private readonly formats: XlsxFormats;
  private out: string[] = [];
  private row: string[] = [];
  private rowNumber = 0;
  private cell: Cell | null = null;
  private value: string[] | null = null;
  private phonetic = false;

  private readonly covered: Covered;
  /** Values of merged cells, by the place where they begin. */
  private readonly merged = new Map<string, string>();

  constructor({ shared, formats, covered }: { shared: string[]; formats: XlsxFormats; covered: Covered }) {
    this.shared = shared;
    this.formats = formats;
    this.covered = covered;
    for (const cells of covered.values()) for (const [, { r, c }] of cells) this.merged.set(`${r}:${c}`, '');
  }

  take(): string {
    const text = this.out.join('');
    this.out = [];
    return text;
  }

  end(): string {
    return `${this.take()}${this.table.end()}\n`;
  }

  open(tag: string, attributes: Record<string, string>): void {
    const name = tag.replace(/^.*:/, '');
    if (name === 'row') this.beginRow(Number(attributes.r));
    else if (name === 'c') {
      this.cell = { column: placeOf(attributes.r) ?? this.row.length, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
    } else if (name === 'rPh') this.phonetic = true;
    else if (name === 'v' || (name === 't' && !this.phonetic)) this.value = [];
  }

  text(text: string): void {
    this.value?.push(text);
  }

  close(tag: string): void {
    const name = tag.replace(/^.*:/, '');
    if (name === 'rPh') this.phonetic = false;
    else if (name === 'row') this.endRow();
    else if (name === 'c') this.cell = null;
    else if ((name === 'v' || name === 't') && this.value) {
      this.put(this.value.join(''));
      this.value = null;
    }
  }

  /** Rows without anything in them are not in the file. */
  private beginRow(number: number): void {
    if (number > this.rowNumber + 1 && this.rowNumber > 0) this.out.push(this.table.add([]));
    this.rowNumber = number || this.rowNumber + 1;
    this.row = [];
  }

  private endRow(): void {
    const at = this.rowNumber - 1;
    if (this.merged.size > 0) this.row.forEach((value, column) => this.keepMerged(`${at}:${column}`, value));
    fillCovered(this.row, at, { covered: this.covered, valueAt: (r, c) => this.merged.get(`${r}:${c}`) ?? '' });
    this.out.push(this.table.add(this.row));
  }

  private keepMerged(place: string, value: string): void {
    if (this.merged.has(place)) this.merged.set(place, value);
  }

  private put(written: string): void {
    if (!this.cell || this.cell.column >= MOST_COLUMNS) return;
    const { column, type, style } = this.cell;
    while (this.row.length < column) this.row.push('');
    this.row[column] = `${this.row[column] ?? ''}${this.shown(written, type, style)}`;
  }

  private shown(written: string, type: string, style: number): string {
    if (type === 's') return this.shared[Number(written)] ?? '';
    if (type === 'b') return written === '1' ? 'TRUE' : 'FALSE';
    return type === 'n' ? this.formats.shown(written, style) : written;
  }
}

/** "BC12" stands in the column 54. */
function placeOf(place: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  return letters ? columnOf(letters) : null;
}
