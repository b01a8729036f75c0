import { TableWriter } from '../table.ts';
import { isOn } from './word-styles.ts';

/** `plain`: has words that are not bold. */
type Cell = { parts: string[]; span: number; continues: boolean; plain: boolean };
type Table = {
  writer: TableWriter | null;
  waiting: { row: string[]; isHeader: boolean }[];
  row: string[] | null;
  isHeader: boolean;
  /** Whether a cell of the row has words that are not bold. */
  isPlain: boolean;
  cell: Cell | null;
  above: string[];
};

/** The tables of a Word document that are open, one in a cell of the other. */
export class WordTables {
  private readonly tables: Table[] = [];
  private readonly onPage: (text: string) => void;

  /** @param onPage takes what stands in no cell */
  constructor(onPage: (text: string) => void) {
    this.onPage = onPage;
  }

  /** Into the cell that is open, else onto the page. */
  put(text: string): void {
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.parts.push(text);
    else this.onPage(text);
  }

  /** The cell that is open, if one is, has words that are not bold. */
  notBold(): void {
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.plain = true;
  }

  open(name: string, attributes: Record<string, string>): void {
    const table = this.tables.at(-1);
    if (name === 'w:tbl')
      this.tables.push({ writer: null, waiting: [], row: null, isHeader: false, isPlain: false, cell: null, above: [] });
    else if (!table) return;
    else if (name === 'w:tr') Object.assign(table, { row: [], isHeader: false, isPlain: false });
    else if (name === 'w:tblHeader') table.isHeader = isOn(attributes);
    else if (name === 'w:tc') table.cell = { parts: [], span: 1, continues: false, plain: false };
    else if (name === 'w:gridSpan' && table.cell) table.cell.span = Math.min(100, Number(attributes['w:val']) || 1);
    else if (name === 'w:vMerge' && table.cell) table.cell.continues = attributes['w:val'] !== 'restart';
  }

  close(name: string): void {
    if (name === 'w:tc') this.endCell();
    else if (name === 'w:tr') this.endRow();
    else if (name === 'w:tbl') this.endTable();
  }

  private endCell(): void {
    const table = this.tables.at(-1);
    if (!table?.cell || !table.row) return;
    const { parts, span, continues, plain } = table.cell;
    table.isPlain ||= plain;
    const text = continues ? (table.above[table.row.length] ?? '') : parts.join('');
    for (let i = 0; i < span; i += 1) table.row.push(i === 0 || table.isHeader || table.above.length === 0 ? text : '');
    table.cell = null;
  }

  private endRow(): void {
    const table = this.tables.at(-1);
    if (!table?.row) return;
    const { row } = table;
    // A first row in bold names the columns where nothing says so.
    const isBold = !table.isPlain && table.waiting.length === 0 && row.filter((cell) => cell.trim() !== '').length > 1;
    const isHeader = table.isHeader || isBold;
    table.above = row;
    table.row = null;
    const text = table.writer ? table.writer.add(row) : this.hold(table, row, isHeader);
    if (text !== '') this.putBeside(text);
  }

  /** Rows marked as the header come first; the first that is not decides what the header was. */
  private hold(table: Table, row: string[], isHeader: boolean): string {
    table.waiting.push({ row, isHeader });
    return isHeader && table.waiting.length < 5 ? '' : beginTable(table);
  }

  private endTable(): void {
    const table = this.tables.at(-1);
    if (!table) return;
    this.putBeside(`${beginTable(table)}${table.writer?.end() ?? ''}\n`);
    this.tables.pop();
  }

  /** Rows of a table in a cell are text of that cell. */
  private putBeside(text: string): void {
    const around = this.tables.at(-2)?.cell;
    if (around) around.parts.push(text);
    else this.onPage(text);
  }
}

function beginTable(table: Table): string {
  if (table.writer) return '';
  const headerRows = table.waiting.filter(({ isHeader }) => isHeader).length;
  table.writer = new TableWriter(headerRows > 0 ? { headerRows } : { layout: true });
  const text = table.waiting.map(({ row }) => table.writer!.add(row)).join('');
  table.waiting = [];
  return text;
}
