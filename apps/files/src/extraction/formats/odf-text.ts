import type { Piece } from '../extraction.ts';
import { TableWriter } from '../table.ts';
import { altText } from './alt-text.ts';
import { OdfNumbering } from './odf-numbering.ts';
import type { XmlHandlers } from './office-xml.ts';

const MOST_COLUMNS = 1000;
/** Cells that a row may become by being repeated. */
const MOST_REPEATED_CELLS = 10_000;

type Table = { writer: TableWriter; row: string[]; rowRepeats: number; cell: string[] | null; columns: number };

/** What a document says of itself and of its history is not on the page. */
const SKIPPED = new Set([
  'text:tracked-changes',
  'office:meta',
  'office:scripts',
  'office:settings',
  'office:font-face-decls',
  'office:binary-data',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'style:presentation-page-layout',
  'table:tracked-changes',
  'table:content-validations',
  'text:note-citation',
  'form:properties',
]);

const MARGIN = /^style:(?:header|footer)(?:-left)?$/;

/** Reads OpenDocument's XML as a stream of tags. */
export class OdfText implements XmlHandlers {
  private out: Piece[] = [];
  private parts: string[] = [];
  private readonly tables: Table[] = [];
  private readonly hiddenStyles = new Set<string>();
  private readonly onlyMargins: boolean;
  private style = '';
  private skipped = 0;
  /** What is said of a picture, while it is read. */
  private ofPicture: string | null = null;
  private paragraphs = 0;
  private inMargin = 0;
  private isItem = false;
  private isSpreadsheet = false;

  private readonly numbering: OdfNumbering;
  private notes = 0;

  constructor({ onlyMargins = false, numbering = new OdfNumbering() } = {}) {
    this.onlyMargins = onlyMargins;
    this.numbering = numbering;
  }

  take(): Piece[] {
    const pieces = this.parts.length > 0 ? [...this.out, this.parts.join('')] : this.out;
    this.out = [];
    this.parts = [];
    return pieces;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipped > 0 || SKIPPED.has(name) || this.isHidden(name, attributes)) {
      this.skipped += 1;
      return;
    }
    this.numbering.open(name, attributes);
    switch (name) {
      case 'text:p':
      case 'text:h':
        this.paragraphs += 1;
        if (this.isItem) this.say(this.numbering.item());
        else if (name === 'text:h') this.say(this.headingNumber(attributes));
        this.isItem = false;
        break;
      case 'text:list-item':
        this.isItem = true;
        break;
      case 'text:s':
        this.say(' '.repeat(Math.min(100, Number(attributes['text:c'] ?? 1) || 1)));
        break;
      case 'text:tab':
        this.say('\t');
        break;
      case 'text:line-break':
        this.say('\n');
        break;
      case 'svg:title':
      case 'svg:desc':
        this.ofPicture = '';
        break;
      case 'draw:page':
        this.newPage(attributes['draw:name']);
        break;
      case 'text:note':
      case 'office:annotation':
        this.notes += 1;
        this.say(' (');
        break;
      default:
        this.openStyle(name, attributes);
        this.openTable(name, attributes);
    }
  }

  private openStyle(name: string, attributes: Record<string, string>): void {
    if (name === 'style:style') this.style = attributes['style:name'] ?? '';
    else if (name === 'style:text-properties' && attributes['text:display'] === 'none') this.hiddenStyles.add(this.style);
    else if (MARGIN.test(name)) this.inMargin += 1;
  }

  text(text: string): void {
    if (this.ofPicture !== null) this.ofPicture += text;
    else if (this.skipped === 0 && this.paragraphs > 0) this.say(text.replace(/[\t\n\r ]+/g, ' '));
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    this.numbering.close(name);
    if (name === 'text:p' || name === 'text:h') {
      this.paragraphs -= 1;
      this.say(this.notes > 0 ? ' ' : '\n\n');
    } else if (name === 'text:note' || name === 'office:annotation') {
      this.notes -= 1;
      this.say(') ');
    } else if (this.ofPicture !== null) {
      const words = altText(this.ofPicture);
      this.ofPicture = null;
      if (words !== '') this.say(this.paragraphs > 0 ? ` ${words} ` : `${words}\n\n`);
    } else if (MARGIN.test(name)) this.inMargin -= 1;
    else if (name === 'text:list-item') this.isItem = false;
    else this.closeTable(name);
  }

  private headingNumber(attributes: Record<string, string>): string {
    if (attributes['text:is-list-header'] === 'true') return '';
    return this.numbering.heading(Number(attributes['text:outline-level'] ?? 1) || 1);
  }

  private say(text: string): void {
    if (this.onlyMargins && this.inMargin === 0) return;
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.push(text);
    else this.parts.push(text);
  }

  private newPage(name: string | undefined): void {
    this.out.push(this.parts.join(''), { newPage: true });
    this.parts = [];
    // Names that the program gave are no titles.
    if (name && !/^page\d*$/i.test(name)) this.parts.push(`${name}\n\n`);
  }

  private isHidden(name: string, attributes: Record<string, string>): boolean {
    if (name === 'text:hidden-text' || name === 'text:hidden-paragraph') return true;
    if (name === 'table:table' && attributes['table:display'] === 'false') return true;
    return /^text:(?:p|h|span)$/.test(name) && this.hiddenStyles.has(attributes['text:style-name'] ?? '');
  }

  private openTable(name: string, attributes: Record<string, string>): void {
    if (name === 'table:table') {
      // A table on the page is one of a text; a table beside others is a sheet.
      const isSheet = this.tables.length === 0 && this.isSpreadsheet;
      if (isSheet) {
        this.newPage(undefined);
        this.parts.push(`${attributes['table:name'] ?? ''}\n\n`);
      }
      const writer = new TableWriter(isSheet ? { records: true } : { layout: true });
      this.tables.push({ writer, row: [], rowRepeats: 1, cell: null, columns: 1 });
    } else if (name === 'office:spreadsheet') this.isSpreadsheet = true;
    const table = this.tables.at(-1);
    if (!table) return;
    if (name === 'table:table-row') Object.assign(table, { row: [], rowRepeats: count(attributes['table:number-rows-repeated']) });
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
      table.cell = [];
      table.columns = count(attributes['table:number-columns-repeated']);
    }
  }

  private closeTable(name: string): void {
    const table = this.tables.at(-1);
    if (!table) return;
    if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
      const text = (table.cell ?? []).join('');
      for (let i = 0; i < table.columns && table.row.length < MOST_COLUMNS; i += 1) table.row.push(text);
      table.cell = null;
    } else if (name === 'table:table-row') {
      const filled = table.row.some((cell) => cell.trim() !== '');
      const times = filled ? Math.min(table.rowRepeats, Math.ceil(MOST_REPEATED_CELLS / table.row.length)) : 1;
      for (let i = 0; i < times; i += 1) this.putBeside(table.writer.add(filled ? table.row : []));
    } else if (name === 'table:table') {
      this.putBeside(`${table.writer.end()}\n`);
      this.tables.pop();
    }
  }

  /** Rows of a table in a cell are text of that cell. */
  private putBeside(text: string): void {
    if (this.onlyMargins && this.inMargin === 0) return;
    const around = this.tables.at(-2)?.cell;
    if (around) around.push(text);
    else this.parts.push(text);
  }
}

const count = (repeats: string | undefined) => Math.max(1, Number(repeats ?? 1) || 1);
