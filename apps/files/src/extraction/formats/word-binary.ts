import { createRequire } from 'node:module';
import { decodeBytes } from '../../text/charsets.ts';
import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';

type Extracted = {
  getBody(): string;
  getFootnotes(): string;
  getEndnotes(): string;
  getHeaders(options?: { includeFooters?: boolean }): string;
  getFooters(): string;
  getAnnotations(): string;
  getTextboxes(): string;
};
type WordExtractor = new () => { extract(bytes: Buffer): Promise<Extracted> };
type Cfb = {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content?: Uint8Array } | null;
};

/** The first version whose text stands in pieces; before it, it stood in one. */
const WORD_97 = 193;

/** A Word document of old: its body, then notes, comments, text boxes, headers and footers. */
export async function* readDoc(source: Source): AsyncGenerator<Piece> {
  const load = createRequire(import.meta.url);
  const bytes = await source.bytes();
  const head = wordStream(load('@e965/xlsx') as { CFB: Cfb }, bytes);
  // Bit 8 of the flags: the text is encrypted.
  if ((head.readUInt16LE(10) & 0x100) !== 0) throw new Unreadable('encrypted', PROTECTED);
  if (head.readUInt16LE(2) < WORD_97) return yield oldText(head);
  const Extractor = load('word-extractor') as WordExtractor;
  const document = await new Extractor().extract(bytes).catch((error: unknown) => {
    throw new Unreadable('failed', 'The document is damaged and cannot be opened.', { cause: error });
  });
  yield withRows(document.getBody());
  const beside = [
    document.getFootnotes(),
    document.getEndnotes(),
    document.getAnnotations(),
    document.getTextboxes(),
    document.getHeaders(),
  ];
  for (const text of beside) if (text.trim() !== '') yield `\n\n${withRows(text)}`;
}

function wordStream({ CFB }: { CFB: Cfb }, bytes: Buffer): Buffer {
  try {
    const content = CFB.find(CFB.read(bytes, { type: 'buffer' }), 'WordDocument')?.content;
    if (content && content.length >= 32) return Buffer.from(content);
  } catch (error) {
    throw new Unreadable('failed', 'The document is damaged and cannot be opened.', { cause: error });
  }
  throw new Unreadable('failed', 'The document is damaged: its text is missing.');
}

/** Word 6 and 95 keep the text in one piece of single bytes. */
function oldText(head: Buffer): string {
  const text = decodeBytes(head.subarray(head.readUInt32LE(24), head.readUInt32LE(28)), 'windows-1252');
  // Codes of fields stand between the marks 19 and 20, what they show between 20 and 21.
  const [begin, middle, end] = [19, 20, 21].map((mark) => String.fromCharCode(mark));
  const shown = text.split(begin!).map((part, i) => (i === 0 ? part : part.slice(Math.max(part.indexOf(middle!), part.indexOf(end!)) + 1)));
  return withRows(shown.join('').replaceAll(end!, '').replaceAll('\r', '\n\n').replaceAll(String.fromCharCode(7), '\t'));
}

/** Cells of a table come with tabulators between them. */
const withRows = (text: string) => text.replace(/\n/g, '\n\n');
