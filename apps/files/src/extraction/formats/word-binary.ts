import { createRequire } from 'node:module';
import { decodeBytes } from '../../text/charsets.ts';
import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { oldWordText } from './word-old.ts';
import { WordLists } from './word-lists.ts';
import { withRows } from './word-rows.ts';

/** Quotes and dashes as they are written. */
const AS_WRITTEN = { filterUnicode: false };
type Kept = typeof AS_WRITTEN;
type Extracted = {
  getBody(options: Kept): string;
  getFootnotes(options: Kept): string;
  getEndnotes(options: Kept): string;
  getHeaders(options: Kept): string;
  getAnnotations(options: Kept): string;
  getTextboxes(options: Kept): string;
};
type WordExtractor = new () => { extract(bytes: Buffer): Promise<Extracted> };
type Cfb = {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content?: Uint8Array } | null;
};

const WORD_2 = 0xa5db;
/** The first version whose text stands in pieces; before it, it stood in one. */
const WORD_97 = 193;

/** A Word document of old: its body, then notes, comments, text boxes, headers and footers. */
export async function* readDoc(source: Source): AsyncGenerator<Piece> {
  const load = createRequire(import.meta.url);
  const bytes = await source.bytes();
  // Before version 6, a document had no container around it.
  if (bytes.readUInt16LE(0) === WORD_2) return yield withRows(oldWordText(bytes));
  const head = wordStream(load('@e965/xlsx') as { CFB: Cfb }, bytes);
  // Bit 8 of the flags: the text is encrypted.
  if ((head.readUInt16LE(10) & 0x100) !== 0) throw new Unreadable('encrypted', PROTECTED);
  if (head.readUInt16LE(2) < WORD_97) return yield withRows(oldWordText(head));
  const Extractor = wordExtractor(load);
  const document = await new Extractor().extract(bytes).catch((error: unknown) => {
    throw new Unreadable('failed', 'The document is damaged and cannot be opened.', { cause: error });
  });
  yield withRows(document.getBody(AS_WRITTEN));
  const beside = [
    document.getFootnotes(AS_WRITTEN),
    document.getEndnotes(AS_WRITTEN),
    document.getAnnotations(AS_WRITTEN),
    document.getTextboxes(AS_WRITTEN),
    document.getHeaders(AS_WRITTEN),
  ];
  for (const text of beside) if (text.trim() !== '') yield `\n\n${withRows(text)}`;
}

/** Changed once, for all documents within documents. */
let extractorClass: WordExtractor | undefined;

type Filters = Record<'clean' | 'binaryToUnicode', (text: string) => string>;
/** A piece of text as the library holds it: where it stands in the text and in the stream, and how many bytes a character has. */
type TextPiece = { startCp: number; startFilePos: number; bpc: number; text: string };
type Inner = {
  _pieces: TextPiece[];
  _boundaries: { ccpText: number };
  _lists?: WordLists;
  writeParagraphProperties(head: Buffer, tables: Buffer): void;
  buildDocument(): { _body: string };
};

/** Numbers of lists stand nowhere in the text, and the library does not know them. */
function withListNumbers(inner: Inner, { clean }: Filters): void {
  const { writeParagraphProperties, buildDocument } = inner;
  inner.writeParagraphProperties = function (head, tables) {
    writeParagraphProperties.call(this, head, tables);
    this._lists = listsOf(head, tables);
  };
  inner.buildDocument = function () {
    const document = buildDocument.call(this);
    if (this._lists) document._body = clean(numbered(this._pieces, this._boundaries.ccpText, this._lists));
    return document;
  };
}

/** Lists that are damaged do not cost the text. */
function listsOf(head: Buffer, tables: Buffer): WordLists | undefined {
  try {
    return new WordLists(head, tables);
  } catch {
    return undefined;
  }
}

/** The text up to a place, each paragraph behind what is shown before it. */
function numbered(pieces: TextPiece[], end: number, lists: WordLists): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  const close = (label: string) => {
    out.push(label, ...paragraph);
    paragraph = [];
  };
  for (const { startCp, startFilePos, bpc, text } of pieces) {
    const kept = text.slice(0, Math.max(0, end - startCp));
    let from = 0;
    for (const { index } of kept.matchAll(PARAGRAPH_MARK)) {
      paragraph.push(kept.slice(from, index + 1));
      close(/[^\s\p{Cc}]/u.test(paragraph.join('')) ? lists.labelAt(startFilePos + index * bpc) : '');
      from = index + 1;
    }
    paragraph.push(kept.slice(from));
  }
  close('');
  return out.join('');
}

/** The ends of paragraphs, of cells, and of rows where the library has noted them. */
const PARAGRAPH_MARK = new RegExp(`[\\r\\n\\f${String.fromCharCode(7)}]`, 'g');

/** The library writes "undefined" for hyphens that show at the end of a line only, and for the characters from 128 to 159 that it does not know. */
function wordExtractor(load: NodeJS.Require): WordExtractor {
  if (extractorClass) return extractorClass;
  const filters = load('word-extractor/lib/filters') as Filters;
  const { clean } = filters;
  filters.clean = (text) => clean(text.replaceAll(OPTIONAL_HYPHEN, ''));
  filters.binaryToUnicode = (text) => text.replace(/[\u0080-\u009f]/g, (one) => decodeBytes(Buffer.from(one, 'latin1'), 'windows-1252'));
  withListNumbers((load('word-extractor/lib/word-ole-extractor') as { prototype: Inner }).prototype, filters);
  return (extractorClass = load('word-extractor') as WordExtractor);
}

const OPTIONAL_HYPHEN = String.fromCharCode(31);

function wordStream({ CFB }: { CFB: Cfb }, bytes: Buffer): Buffer {
  try {
    const content = CFB.find(CFB.read(bytes, { type: 'buffer' }), 'WordDocument')?.content;
    if (content && content.length >= 32) return Buffer.from(content);
  } catch (error) {
    throw new Unreadable('failed', 'The document is damaged and cannot be opened.', { cause: error });
  }
  throw new Unreadable('failed', 'The document is damaged: its text is missing.');
}
