import { Parser } from 'htmlparser2';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { TableWriter } from '../table.ts';
import { Nesting } from './nesting.ts';

/** What a cell says of rows and columns is believed up to here. */
const MOST_COLUMNS = 1000;

/** A workbook as Excel 2003 writes it in XML, often called XLS: each sheet by its name, values as they are written. */
export async function* readSpreadsheetXml(source: Source): AsyncGenerator<Piece> {
  const nesting = new Nesting();
  const book = new Book();
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        nesting.open();
        book.open(local(name), Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), value])));
      },
      ontext: (text) => book.say(text),
      onclosetag(name) {
        nesting.close();
        book.close(local(name));
      },
    },
    { xmlMode: true },
  );
  for await (const part of source.text()) {
    parser.write(part);
    yield* book.take();
  }
  parser.end();
  book.close('Worksheet');
  yield* book.take();
}

const local = (name: string) => name.replace(/^\w+:/, '');

type Attributes = Record<string, string | undefined>;

class Book {
  private pieces: Piece[] = [];
  private sheet: Sheet | null = null;
  /** What the text that comes next is of, if anything. */
  private within: 'Data' | 'Comment' | 'Visible' | null = null;

  open(name: string, attributes: Attributes): void {
    if (name === 'Worksheet') this.sheet = new Sheet(attributes.Name ?? '');
    else if (name === 'Row') this.sheet?.openRow(attributes);
    else if (name === 'Cell') this.sheet?.openCell(attributes);
    else if (name === 'Comment' || name === 'Visible') this.within = name;
    else if (name === 'Data' && this.within !== 'Comment') {
      this.within = 'Data';
      this.sheet?.openData(attributes.Type);
    }
  }

  say(text: string): void {
    if (this.within) this.sheet?.say(this.within, text);
  }

  close(name: string): void {
    if (name === this.within) this.within = null;
    if (name === 'Row') this.sheet?.closeRow();
    if (name !== 'Worksheet' || !this.sheet) return;
    this.pieces.push(...this.sheet.end());
    this.sheet = null;
  }

  take(): Piece[] {
    return this.pieces.splice(0);
  }
}

type Cell = { value: string; comment: string; type?: string };

/** A sheet is told once it is over: only there it says whether it is hidden. */
class Sheet {
  private readonly name: string;
  private readonly table = new TableWriter({ records: true });
  private readonly comments: string[] = [];
  private text = '';
  private visible = '';
  private rowNumber = 0;
  private row: Cell[] | null = null;
  private column = 0;
  private current: Cell | null = null;
  /** The cells of this row, with how many rows they reach down over. */
  private merged: { column: number; cell: Cell; rows: number }[] = [];
  /** By their columns, values that reach down into the rows to come. */
  private readonly reaching = new Map<number, { value: string; rows: number }>();

  constructor(name: string) {
    this.name = name;
  }

  openRow({ Index }: Attributes): void {
    const number = Number(Index) || this.rowNumber + 1;
    // However many rows are left out, one blank row says so.
    if (number > this.rowNumber + 1 && this.rowNumber > 0) {
      this.text += this.table.add([]);
      this.reaching.clear();
    }
    this.rowNumber = number;
    this.row = [];
    this.column = 0;
  }

  openCell({ Index, MergeAcross, MergeDown }: Attributes): void {
    if (!this.row) return;
    while (!Index && this.reaching.has(this.column)) this.column += 1;
    if (Index) this.column = Number(Index) - 1;
    this.current = { value: '', comment: '' };
    if (this.column >= 0 && this.column < MOST_COLUMNS) {
      this.row[this.column] = this.current;
      this.merged.push({ column: this.column, cell: this.current, rows: Number(MergeDown) || 0 });
    }
    this.column += 1 + (Number(MergeAcross) || 0);
  }

  openData(type: string | undefined): void {
    if (this.current && type) this.current.type = type;
  }

  say(within: 'Data' | 'Comment' | 'Visible', text: string): void {
    if (within === 'Visible') this.visible += text;
    else if (this.current && within === 'Data') this.current.value += text;
    else if (this.current) this.current.comment += text;
  }

  closeRow(): void {
    if (!this.row) return;
    const row = Array.from(this.row, (cell) => (cell ? shown(cell) : ''));
    for (const cell of this.row) if (cell?.comment.trim()) this.comments.push(`${shown(cell)}: ${cell.comment.trim()}`);
    for (const [column, { value, rows }] of this.reaching) {
      if (!row[column]) row[column] = value;
      if (rows > 1) this.reaching.set(column, { value, rows: rows - 1 });
      else this.reaching.delete(column);
    }
    for (const { column, cell, rows } of this.merged) if (rows > 0) this.reaching.set(column, { value: shown(cell), rows });
    this.text += this.table.add(Array.from(row, (value) => value ?? ''));
    this.row = null;
    this.current = null;
    this.merged = [];
  }

  end(): Piece[] {
    this.closeRow();
    if (/Hidden/.test(this.visible)) return [];
    const comments = this.comments.length > 0 ? `\n${this.comments.join('\n')}\n` : '';
    return [{ newPage: true }, `${this.name}\n\n`, this.text + this.table.end() + comments];
  }
}

/** Numbers stand as they are written, days without a time of day, and times without the day from which they are counted. */
function shown({ value, type }: Cell): string {
  if (type === 'Boolean') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'DateTime') return value;
  return value
    .replace(/\.000$/, '')
    .replace(/T00:00:00$/, '')
    .replace(/^18\d\d-\d\d-\d\dT/, '')
    .replace('T', ' ');
}
