import { WordNumbering, type Level, type NumberedList, type NumberingOf } from './word-numbering.ts';

/** Places of two numbers in the header of a Word document of old: where a table begins in the stream of tables, and its length. */
const [STYLES, PARAGRAPHS, LISTS, USES] = [0xa2, 0x102, 0x2e2, 0x2ea];
const PAGE = 512;
const [SET_LEVEL, SET_LIST] = [0x260a, 0x460b];
/** How many bytes the value of a property has, by the top three bits of its number; six says so itself. */
const VALUE_BYTES = [1, 1, 2, 4, 2, 2, 0, 3];
const [LIST_BYTES, USE_BYTES, LEVEL_BYTES] = [28, 16, 28];
const FORMATS: Record<number, string> = {
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
};

/** What stands before the paragraphs of a Word document of old: each is asked about once, in the order of the text. */
export class WordLists {
  private readonly numbering: WordNumbering;
  private readonly paragraphs: Paragraph[];

  /** @param head the stream of the text @param tables the stream of the tables */
  constructor(head: Buffer, tables: Buffer) {
    this.numbering = readNumbering(head, tables);
    const styles = readStyles(tableAt(head, tables, STYLES));
    this.paragraphs = readParagraphs(head, tableAt(head, tables, PARAGRAPHS), styles);
  }

  /** What is shown before the paragraph whose mark stands at this place of the stream. */
  labelAt(place: number): string {
    let [low, high] = [0, this.paragraphs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.paragraphs[middle]!.end <= place) low = middle + 1;
      else high = middle;
    }
    const found = this.paragraphs[low];
    return found && found.begin <= place && found.list !== 0 ? this.numbering.next(numberingOf(found)) : '';
  }
}

type Listed = { list: number; level: number };
type Paragraph = Listed & { begin: number; end: number };

const numberingOf = ({ list, level }: Listed): NumberingOf => ({ list: String(list), level });

function tableAt(head: Buffer, tables: Buffer, field: number): Buffer {
  if (head.length < field + 8) return Buffer.alloc(0);
  const begin = head.readUInt32LE(field);
  return tables.subarray(begin, begin + head.readUInt32LE(field + 4));
}

/** Paragraphs by where they stand in the stream, sorted. Their properties are kept in pages of it. */
function readParagraphs(head: Buffer, table: Buffer, styles: Listed[]): Paragraph[] {
  const count = Math.max(0, Math.floor((table.length - 4) / 8));
  const paragraphs: Paragraph[] = [];
  for (let i = 0; i < count; i += 1) {
    const page = (table.readUInt32LE((count + 1) * 4 + i * 4) & 0x3fffff) * PAGE;
    if (page + PAGE <= head.length) paragraphs.push(...paragraphsOf(head.subarray(page, page + PAGE), styles));
  }
  return paragraphs.toSorted((a, b) => a.begin - b.begin);
}

function paragraphsOf(page: Buffer, styles: Listed[]): Paragraph[] {
  const count = Math.min(page[PAGE - 1]!, 29);
  return Array.from({ length: count }, (_, i) => {
    const at = page[(count + 1) * 4 + i * 13]! * 2;
    const from = page[at] === 0 ? at + 2 : at + 1;
    const length = page[at] === 0 ? page[at + 1]! * 2 : page[at]! * 2 - 1;
    // Without properties of its own, it has those of the first style.
    const own = at === 0 || length < 2 ? Buffer.alloc(2) : page.subarray(from, from + length);
    const style = own.length < 2 ? undefined : styles[own.readUInt16LE(0)];
    return { ...applied(own.subarray(2), style ?? NO_LIST), begin: page.readUInt32LE(i * 4), end: page.readUInt32LE((i + 1) * 4) };
  });
}

const NO_LIST: Listed = { list: 0, level: 0 };

/** The list and level that properties set, each above what was set before. */
function applied(properties: Buffer, before: Listed): Listed {
  let { list, level } = before;
  for (let at = 0; at + 3 <= properties.length;) {
    const property = properties.readUInt16LE(at);
    at += 2;
    if (property === SET_LEVEL) level = Math.min(8, properties[at]!);
    else if (property === SET_LIST && at + 2 <= properties.length) list = properties.readUInt16LE(at);
    const size = VALUE_BYTES[property >> 13]!;
    at += size === 0 ? properties[at]! + 1 : size;
  }
  return { list, level };
}

/** Lists of the styles of paragraphs, by the numbers of the styles; a style has what the one that it is based on has. */
function readStyles(sheet: Buffer): Listed[] {
  if (sheet.length < 6) return [];
  const fixed = sheet.readUInt16LE(4);
  const found: { base: number; properties: Buffer }[] = [];
  for (let at = 2 + sheet.readUInt16LE(0); at + 2 <= sheet.length;) {
    const style = sheet.subarray(at + 2, at + 2 + sheet.readUInt16LE(at));
    found.push(styleOf(style, fixed));
    at += 2 + style.length + (style.length % 2);
  }
  const listOf = (index: number, depth: number): Listed => {
    const style = found[index];
    return style && depth < 12 ? applied(style.properties, listOf(style.base, depth + 1)) : NO_LIST;
  };
  return found.map((_, index) => listOf(index, 0));
}

function styleOf(style: Buffer, fixed: number): { base: number; properties: Buffer } {
  const none = { base: 0xfff, properties: Buffer.alloc(0) };
  const isOfParagraphs = style.length > fixed + 2 && (style.readUInt16LE(2) & 15) === 1;
  if (!isOfParagraphs) return none;
  const at = fixed + 2 + style.readUInt16LE(fixed) * 2 + 2;
  if (at + 4 > style.length) return { ...none, base: style.readUInt16LE(2) >> 4 };
  // Its own number stands before the properties.
  return { base: style.readUInt16LE(2) >> 4, properties: style.subarray(at + 4, at + 2 + style.readUInt16LE(at)) };
}

/** Lists by their numbers, and how each level shows them; a paragraph names the use of a list. */
function readNumbering(head: Buffer, tables: Buffer): WordNumbering {
  const levels = new Map<string, Map<number, Level>>();
  const listed = tableAt(head, tables, LISTS);
  const uses = tableAt(head, tables, USES);
  if (listed.length < 2 || uses.length < 4) return new WordNumbering();
  const count = Math.min(listed.readUInt16LE(0), Math.floor((listed.length - 2) / LIST_BYTES));
  // The levels of all lists stand right behind the lists, and are not counted to their table.
  let at = head.readUInt32LE(LISTS) + 2 + count * LIST_BYTES;
  for (let i = 0; i < count; i += 1) {
    const list = listed.subarray(2 + i * LIST_BYTES, 2 + (i + 1) * LIST_BYTES);
    const own = new Map<number, Level>();
    levels.set(String(list.readInt32LE(0)), own);
    for (let level = 0; level < ((list[26]! & 1) === 1 ? 1 : 9) && at + LEVEL_BYTES + 2 <= tables.length; level += 1) {
      const text = at + LEVEL_BYTES + tables[at + 24]! + tables[at + 25]!;
      own.set(level, levelOf(tables, at, text));
      at = text + 2 + (text + 2 <= tables.length ? tables.readUInt16LE(text) * 2 : 0);
    }
  }
  return new WordNumbering(levels, usesOf(uses));
}

/** Characters below nine stand for the numbers of levels. */
function levelOf(tables: Buffer, at: number, text: number): Level {
  const shown = text + 2 <= tables.length ? tables.toString('utf16le', text + 2, text + 2 + tables.readUInt16LE(text) * 2) : '';
  return {
    start: tables.readInt32LE(at),
    format: FORMATS[tables[at + 4]!] ?? 'decimal',
    text: Array.from(shown, (sign) => (sign.charCodeAt(0) < 9 ? `%${sign.charCodeAt(0) + 1}` : sign)).join(''),
    legal: (tables[at + 5]! & 4) !== 0,
  };
}

/** Each use of a list counts on, save where it says where it begins anew. */
function usesOf(uses: Buffer): Map<string, NumberedList> {
  const count = Math.min(uses.readUInt32LE(0), Math.floor((uses.length - 4) / USE_BYTES));
  const lists = new Map<string, NumberedList>();
  let at = 4 + count * USE_BYTES;
  for (let i = 0; i < count; i += 1) {
    const use = uses.subarray(4 + i * USE_BYTES, 4 + (i + 1) * USE_BYTES);
    const starts = new Map<number, number>();
    lists.set(String(i + 1), { abstract: String(use.readInt32LE(0)), starts });
    at += 4;
    for (let override = 0; override < use[12]! && at + 8 <= uses.length; override += 1) {
      const flags = uses.readUInt32LE(at + 4);
      if ((flags & 0x10) !== 0) starts.set(flags & 15, uses.readInt32LE(at));
      at += 8;
      if ((flags & 0x20) === 0 || at + LEVEL_BYTES + 2 > uses.length) continue;
      const text = at + LEVEL_BYTES + uses[at + 24]! + uses[at + 25]!;
      at = text + 2 + (text + 2 <= uses.length ? uses.readUInt16LE(text) * 2 : 0);
    }
  }
  return lists;
}
