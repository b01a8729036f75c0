import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';
import { chartText, isDrawn } from './drawing.ts';
import { embeddedFiles } from './embedded.ts';
import { mainPart, relationsOf, streamPart, type Relation } from './office-package.ts';
import { readXmlPart } from './office-xml.ts';
import { readWorkbook } from './spreadsheet.ts';
import { mergedIn } from './xlsx-merges.ts';
import { SheetText } from './xlsx-sheet.ts';
import { XlsxFormats } from './xlsx-formats.ts';
import { ZipArchive } from './zip.ts';

/** Strings that sheets share are held in memory; no more of them than text that is kept. */
const MOST_SHARED_CHARS = 20_000_000;

/** A workbook: each sheet by its name, row by row while it is unpacked, values as they are shown. */
export async function* readXlsx(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const main = await mainPart(archive, 'xl/workbook.xml');
  if (main.endsWith('.bin')) return yield* readWorkbook(source);
  if (!archive.has(main)) throw new Unreadable('failed', 'The spreadsheet is damaged: its list of sheets is missing.');
  const relations = await relationsOf(archive, main);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
  const { sheets, date1904 } = await readBook(archive, main);
  const shared = await readShared(archive, partOf('sharedStrings'));
  const formats = await XlsxFormats.read(archive, { part: partOf('styles'), date1904 });
  const embedded: Relation[] = [];
  for (const { name, id, hidden } of sheets) {
    const part = relations.find((relation) => relation.id === id)?.part;
    if (hidden) continue;
    if (!part || !archive.has(part)) {
      // Modules of macros stand between the sheets, and lead nowhere.
      reading.budget.damaged ||= id !== '';
      continue;
    }
    yield { newPage: true };
    yield `${name}\n\n`;
    const sheet = new SheetText({ shared, formats, covered: await mergedIn(archive, part) });
    yield* streamPart(archive.text(part), sheet, () => sheet.take());
    yield sheet.end();
    const own = await relationsOf(archive, part);
    yield* besides(archive, own);
    embedded.push(...own);
  }
  yield* embeddedFiles(archive, embedded, reading);
}

type Sheet = { name: string; id: string; hidden: boolean };

async function readBook(archive: ZipArchive, part: string): Promise<{ sheets: Sheet[]; date1904: boolean }> {
  const sheets: Sheet[] = [];
  let date1904 = false;
  await readXmlPart(archive.text(part), {
    open(tag, attributes) {
      const name = tag.replace(/^.*:/, '');
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '', hidden: /hidden/i.test(attributes.state ?? '') });
    },
  });
  return { sheets, date1904 };
}

async function readShared(archive: ZipArchive, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!part) return strings;
  let open: string[] | null = null;
  let phonetic = 0;
  let chars = 0;
  await readXmlPart(archive.text(part), {
    open(tag) {
      if (/(?:^|:)si$/.test(tag)) strings.push('');
      if (/(?:^|:)rPh$/.test(tag)) phonetic += 1;
      if (/(?:^|:)t$/.test(tag) && phonetic === 0) open = [];
    },
    text(text) {
      open?.push(text);
    },
    close(tag) {
      if (/(?:^|:)rPh$/.test(tag)) phonetic -= 1;
      if (!open || !/(?:^|:)t$/.test(tag)) return;
      const text = open.join('');
      open = null;
      chars += text.length;
      if (chars <= MOST_SHARED_CHARS) strings[strings.length - 1] += text;
    },
  });
  return strings;
}

/** Comments, text boxes and charts that belong to a sheet. */
async function* besides(archive: ZipArchive, relations: Relation[]): AsyncGenerator<string> {
  for (const { type, part: other } of relations) {
    if (type === 'comments' || type === 'threadedComment') yield* commentText(archive, other);
    if (type === 'drawing') yield* drawingText(archive, other);
  }
}

async function* commentText(archive: ZipArchive, part: string): AsyncGenerator<string> {
  const parts: string[] = [];
  let inText = false;
  await readXmlPart(archive.text(part), {
    open(tag) {
      if (/(?:^|:)comment$|(?:^|:)threadedComment$/.test(tag)) parts.push('\n');
      inText = /(?:^|:)(?:t|text)$/.test(tag);
    },
    text(text) {
      if (inText) parts.push(text);
    },
    close() {
      inText = false;
    },
  });
  yield `\n${parts.join('')}\n`;
}

async function* drawingText(archive: ZipArchive, part: string): AsyncGenerator<string> {
  yield* chartText(archive, part);
  const relations: Relation[] = await relationsOf(archive, part);
  for (const { type, part: other } of relations) if (isDrawn(type)) yield* chartText(archive, other);
}
