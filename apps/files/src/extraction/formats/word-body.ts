import { TableWriter } from '../table.ts';
import { altText } from './alt-text.ts';
import type { XmlHandlers } from './office-xml.ts';
import { isOn, type WordStyles } from './word-styles.ts';
import type { NumberingOf, WordNumbering } from './word-numbering.ts';

type Paragraph = {
  parts: string[];
  /** What is written of its pictures. */
  pictures: string[];
  numbering: Partial<NumberingOf>;
  inProperties: boolean;
  hidden: boolean;
  /** The large first letter of the paragraph that follows. */ isInitial?: boolean;
};
/** `plain`: has words that are not bold. */
type Cell = { parts: string[]; span: number; continues: boolean; plain: boolean };
/** A part of another format that stands in the text, by its relation. */
export type Chunk = { chunk: string };
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

/** Content that is not on the page: what was deleted or moved away, codes of fields, and copies for old programs. */
const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'mc:Fallback',
  'w:rt',
  'w:fldData',
  'w:binData',
  'w:footnotePr',
]);
/** Separators between the text and its notes. */
const isSeparator = (name: string, attributes: Record<string, string>) =>
  (name === 'w:footnote' || name === 'w:endnote') && /eparator|continuationNotice/.test(attributes['w:type'] ?? '');

/** Reads the body of a Word document, or of a part with the same marks, as a stream of tags. */
export class WordBody implements XmlHandlers {
  private readonly numbering: WordNumbering;
  private readonly styles: WordStyles;
  private readonly paragraphs: Paragraph[] = [];
  private readonly tables: Table[] = [];
  private readonly marks: number[] = [];
  private out: (string | Chunk)[] = [];
  private skipped = 0;
  private inText = false;
  private inRunProperties = false;
  private hiddenRun = false;
  private boldRun = false;

  constructor(numbering: WordNumbering, styles: WordStyles) {
    this.numbering = numbering;
    this.styles = styles;
  }

  /** What was read since the last call, with parts of other formats in their places. */
  takeAll(): (string | Chunk)[] {
    return this.out.splice(0);
  }

  take(): string {
    return this.takeAll()
      .filter((piece) => typeof piece === 'string')
      .join('');
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipped > 0 || SKIPPED.has(name) || isSeparator(name, attributes)) {
      // An empty mark of a deletion in the properties of a paragraph says nothing of its words.
      this.skipped += 1;
      return;
    }
    const paragraph = this.paragraphs.at(-1);
    const value = attributes['w:val'] ?? '';
    if (paragraph?.inProperties) this.property(paragraph, name, value);
    switch (name) {
      case 'w:p':
        this.paragraphs.push({ parts: [], pictures: [], numbering: {}, inProperties: false, hidden: false });
        break;
      case 'w:pPr':
        if (paragraph) paragraph.inProperties = true;
        break;
      case 'w:framePr':
        if (paragraph) paragraph.isInitial = /^(?:drop|margin)$/.test(attributes['w:dropCap'] ?? '');
        break;
      case 'w:r':
        this.hiddenRun = false;
        this.boldRun = false;
        break;
      case 'w:rPr':
        this.inRunProperties = true;
        break;
      case 'w:vanish':
        if (this.inRunProperties && !paragraph?.inProperties) this.hiddenRun = isOn(attributes);
        break;
      case 'w:b':
        if (this.inRunProperties && !paragraph?.inProperties) this.boldRun = isOn(attributes);
        break;
      case 'w:rStyle':
        if (this.styles.isHidden(value)) this.hiddenRun = true;
        break;
      case 'w:t':
      case 'm:t':
        this.inText = true;
        break;
      case 'w:tab':
      case 'w:ptab':
        if (!paragraph?.inProperties) this.say('\t');
        break;
      case 'w:br':
      case 'w:cr':
        this.say('\n');
        break;
      case 'w:noBreakHyphen':
        this.say('-');
        break;
      case 'w:sym':
        this.say(symbolOf(attributes['w:font'] ?? '', attributes['w:char'] ?? ''));
        break;
      case 'w:altChunk':
        this.out.push({ chunk: attributes['r:id'] ?? '' });
        break;
      default:
        if (/(?:^|:)docPr$/.test(name)) this.sayOfPicture(altText(attributes.descr));
        this.openTable(name, attributes);
        this.openFormula(name, attributes);
    }
  }

  text(text: string): void {
    if (this.inText && this.skipped === 0) this.say(text);
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    if (name === 'w:t' || name === 'm:t') this.inText = false;
    else if (name === 'w:rPr') this.inRunProperties = false;
    else if (name === 'w:r') this.hiddenRun = false;
    else if (name === 'w:pPr') this.paragraphs.at(-1)!.inProperties = false;
    else if (name === 'w:p') this.endParagraph();
    else if (name === 'w:tc') this.endCell();
    else if (name === 'w:tr') this.endRow();
    else if (name === 'w:tbl') this.endTable();
    else if (name === 'm:num' || name === 'm:den' || name === 'm:e') this.closeFormula(name);
  }

  private say(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (this.hiddenRun || paragraph?.hidden) return;
    const cell = this.tables.at(-1)?.cell;
    if (cell && text.trim() !== '') cell.plain ||= !this.boldRun;
    if (paragraph) paragraph.parts.push(text);
    else this.put(text);
  }

  /** A picture in the middle of a sentence does not break it. */
  private sayOfPicture(text: string): void {
    this.paragraphs.at(-1)?.pictures.push(...(text === '' ? [] : [text]));
  }

  /** Into the cell that is open, else onto the page. */
  private put(text: string): void {
    const table = this.tables.at(-1);
    if (table?.cell) table.cell.parts.push(text);
    else this.out.push(text);
  }

  private property(paragraph: Paragraph, name: string, value: string): void {
    if (name === 'w:pStyle') {
      paragraph.numbering = { ...this.styles.numbering(value), ...paragraph.numbering };
      paragraph.hidden = this.styles.isHidden(value);
    } else if (name === 'w:numId') paragraph.numbering.list = value;
    else if (name === 'w:ilvl') paragraph.numbering.level = Number(value) || 0;
  }

  private endParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (!paragraph) return;
    const text = paragraph.parts.join('');
    const { list, level = 0 } = paragraph.numbering;
    const label = list !== undefined && list !== '0' && text.trim() !== '' ? this.numbering.next({ list, level }) : '';
    // A text box stands in the middle of a paragraph, and is read after it.
    if (paragraph.isInitial) this.put(text);
    else this.put(this.paragraphs.length > 0 ? `\n${text}\n` : `${label}${text}\n\n`);
    for (const words of paragraph.pictures) this.put(`${words}\n\n`);
  }

  private openTable(name: string, attributes: Record<string, string>): void {
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
    else this.out.push(text);
  }

  private openFormula(name: string, attributes: Record<string, string>): void {
    if (name === 'm:num' || name === 'm:den') this.marks.push(this.paragraphs.at(-1)?.parts.length ?? 0);
    else if (name === 'm:e') this.marks.push(-1);
    else if (name === 'm:sup') this.say('^');
    else if (name === 'm:sub') this.say('_');
    else if (name === 'm:rad') this.say('√');
    else if (name === 'm:chr') this.say(attributes['m:val'] ?? '');
    else if (name === 'm:begChr') this.say(attributes['m:val'] ?? '');
  }

  /** A fraction on one line: with brackets where it needs them. */
  private closeFormula(name: string): void {
    const from = this.marks.pop();
    const parts = this.paragraphs.at(-1)?.parts;
    if (from === undefined || from < 0 || !parts) return;
    const text = parts.splice(from).join('');
    parts.push(/^[\p{L}\p{N}.,]+$/u.test(text) ? text : `(${text})`, name === 'm:num' ? '/' : '');
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

/** What the picture fonts show, for the signs that carry meaning. */
const PICTURES: Record<string, string> = {
  FC: '✓',
  FB: '✗',
  FE: '☑',
  FD: '☒',
  A8: '☐',
  '6F': '☐',
  B7: '•',
  A7: '▪',
  D8: '➢',
  E0: '→',
  DF: '←',
  F0: '⇒',
  '28': '☎',
  '2A': '✉',
};

function symbolOf(font: string, code: string): string {
  const low = code.replace(/^f0/i, '').toUpperCase();
  if (/wingdings|webdings|symbol/i.test(font)) return PICTURES[low] ?? '';
  const point = Number.parseInt(code, 16);
  return Number.isNaN(point) || (point >= 0xe000 && point <= 0xf8ff) ? '' : String.fromCodePoint(point);
}
