import { CFB, utils, write, type BookType } from '@e965/xlsx';
import { aZip } from './documents.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org';

type Relation = [id: string, type: string, target: string];

export const relations = (...all: Relation[]): string =>
  `${HEAD}<Relationships xmlns="${RELATIONS}">${all
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const contentTypes = (part: string, type: string) =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

const cellName = (row: number, column: number) => `${String.fromCharCode(65 + column)}${row + 1}`;

/** A workbook of sheets of texts; cells that look like numbers are numbers. */
export function anXlsx(sheets: Record<string, string[][]>, { hidden = [] as string[], merged = [] as string[] } = {}): Buffer {
  const names = Object.keys(sheets);
  const cell = (value: string, row: number, column: number) =>
    /^-?\d+(?:\.\d+)?$/.test(value)
      ? `<c r="${cellName(row, column)}"><v>${value}</v></c>`
      : `<c r="${cellName(row, column)}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const rows = (table: string[][]) =>
    table
      .map((cells, row) => `<row r="${row + 1}">${cells.map((value, i) => (value === '' ? '' : cell(value, row, i))).join('')}</row>`)
      .join('');
  return aZip([
    { name: '[Content_Types].xml', bytes: contentTypes('xl/workbook.xml', 'spreadsheetml.sheet') },
    { name: '_rels/.rels', bytes: relations(['r1', 'officeDocument', 'xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      bytes: `${HEAD}<workbook xmlns="${MAIN}/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${names
        .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: relations(...names.map((_, i): Relation => [`s${i}`, 'worksheet', `worksheets/sheet${i}.xml`])),
    },
    ...names.map((name, i) => ({
      name: `xl/worksheets/sheet${i}.xml`,
      bytes: `${HEAD}<worksheet xmlns="${MAIN}/spreadsheetml/2006/main"><sheetData>${rows(sheets[name]!)}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells></worksheet>`,
    })),
  ]);
}

/** A workbook in one of the forms of old. */
export function aWorkbook(sheets: Record<string, string[][]>, bookType: BookType): Buffer {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet(rows.map((row) => row.map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)))),
      name,
    );
  }
  return write(book, { type: 'buffer', bookType }) as Buffer;
}

/** A shape of a slide with this text, in a place of the layout or on its own. */
export const aShape = (text: string, place?: string): string =>
  `<p:sp><p:nvSpPr><p:nvPr>${place ? `<p:ph type="${place}"/>` : ''}</p:nvPr></p:nvSpPr><p:txBody>${text
    .split('\n')
    .map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`)
    .join('')}</p:txBody></p:sp>`;

/** A picture on a slide, and what is written of it. */
export const aPicture = (words: string): string =>
  `<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="${words}"/></p:nvPicPr></p:pic>`;

type Slide = {
  title: string;
  body: string;
  notes?: string;
  /** More shapes. */
  shapes?: string;
  /** Parts that belong to it, in the directory of presentations. */
  parts?: { type: string; name: string; bytes: Buffer | string }[];
};

export function aPptx(slides: Slide[]): Buffer {
  const part = (tag: string, shapes: string) =>
    `${HEAD}<p:${tag} xmlns:p="${MAIN}/presentationml/2006/main" xmlns:a="${MAIN}/drawingml/2006/main"><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${tag}>`;
  return aZip([
    { name: '[Content_Types].xml', bytes: contentTypes('ppt/presentation.xml', 'presentationml.presentation') },
    { name: '_rels/.rels', bytes: relations(['r1', 'officeDocument', 'ppt/presentation.xml']) },
    {
      name: 'ppt/presentation.xml',
      bytes: `${HEAD}<p:presentation xmlns:p="${MAIN}/presentationml/2006/main" xmlns:r="${OFFICE}"><p:sldIdLst>${slides
        .map((_, i) => `<p:sldId id="${256 + i}" r:id="s${i}"/>`)
        .join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      bytes: relations(...slides.map((_, i): Relation => [`s${i}`, 'slide', `slides/slide${i}.xml`])),
    },
    ...slides.flatMap(({ title, body, notes, shapes = '', parts = [] }, i) => [
      { name: `ppt/slides/slide${i}.xml`, bytes: part('sld', aShape(body, 'body') + aShape(title, 'title') + shapes) },
      {
        name: `ppt/slides/_rels/slide${i}.xml.rels`,
        bytes: relations(
          ...(notes ? [['n', 'notesSlide', `../notesSlides/n${i}.xml`] as Relation] : []),
          ...parts.map(({ type, name }, at): Relation => [`p${at}`, type, `../${name}`]),
        ),
      },
      { name: `ppt/notesSlides/n${i}.xml`, bytes: part('notes', aShape(notes ?? '', 'body')) },
      ...parts.map(({ name, bytes }) => ({ name: `ppt/${name}`, bytes })),
    ]),
  ]);
}

const odf = (name: string) => `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`;
const ODF_NAMES = ['office', 'text', 'table', 'style', 'draw', 'presentation'].map((name) => `xmlns:${name}="${odf(name)}"`).join(' ');

/** A document of OpenDocument: `kind` is text, spreadsheet or presentation, `body` its XML. */
export function anOpenDocument(kind: 'text' | 'spreadsheet' | 'presentation', body: string, styles = ''): Buffer {
  return aZip([
    { name: 'mimetype', bytes: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    {
      name: 'content.xml',
      bytes: `${HEAD}<office:document-content ${ODF_NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
  ]);
}

export const odfTable = (rows: string[][], name = 'Sheet'): string =>
  `<table:table table:name="${name}">${rows
    .map(
      (row) =>
        `<table:table-row>${row.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`,
    )
    .join('')}</table:table>`;

export function anEpub(title: string, chapters: string[], aside: number[] = []): Buffer {
  return aZip([
    { name: 'mimetype', bytes: 'application/epub+zip', stored: true },
    { name: 'META-INF/container.xml', bytes: `${HEAD}<container><rootfiles><rootfile full-path="book/book.opf"/></rootfiles></container>` },
    {
      name: 'book/book.opf',
      bytes: `${HEAD}<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>${title}</dc:title></metadata><manifest>${chapters
        .map((_, i) => `<item id="c${i}" href="c${i}.xhtml"/>`)
        .join('')}</manifest><spine>${chapters
        .map((_, i) => `<itemref idref="c${i}"${aside.includes(i) ? ' linear="no"' : ''}/>`)
        .join('')}</spine></package>`,
    },
    ...chapters.map((chapter, i) => ({ name: `book/c${i}.xhtml`, bytes: `<html><body>${chapter}</body></html>` })),
  ]);
}

/** Microsoft's container with these streams. */
export function anOle(streams: Record<string, Buffer>): Buffer {
  const container = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(container, name, content);
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}

type Msg = { subject: string; sender: string; body?: string; /** Its text as packed rich text. */ rtf?: string };

/** A message as Outlook saves it. */
export function aMsg({ subject, body, sender, rtf }: Msg): Buffer {
  const text = (value: string) => Buffer.from(value, 'utf16le');
  const properties = Buffer.alloc(32);
  return anOle({
    '/__properties_version1.0': properties,
    '/__substg1.0_001A001F': text('IPM.Note'),
    '/__substg1.0_0037001F': text(subject),
    ...(body === undefined ? {} : { '/__substg1.0_1000001F': text(body) }),
    ...(rtf === undefined ? {} : { '/__substg1.0_10090102': aPackedRtf(rtf) }),
    '/__substg1.0_0C1A001F': text(sender),
  });
}

/** Rich text as Outlook packs it, here without making it any smaller. */
export function aPackedRtf(rtf: string): Buffer {
  const text = Buffer.from(rtf, 'latin1');
  const parts = Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    Buffer.concat([Buffer.from([0]), text.subarray(i * 8, i * 8 + 8)]),
  );
  return Buffer.concat([numbers(text.length + 12, text.length, 0x75465a4c, 0), ...parts]);
}

/** What Outlook packs a message in for others: its subject, its packed text, and one file with it. */
export function aTnef({ subject, rtf, file }: { subject: string; rtf: string; file: { name: string; text: string } }): Buffer {
  const field = (level: number, id: number, data: Buffer) => {
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(data.reduce((all, byte) => all + byte, 0) & 0xffff);
    return Buffer.concat([Buffer.from([level]), numbers(id, data.length), data, sum]);
  };
  const property = (type: number, id: number, value: Buffer) =>
    Buffer.concat([numbers(type | (id << 16), 1, value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  const name = Buffer.from(`${file.name}\0`, 'utf16le');
  return Buffer.concat([
    Buffer.from('789f3e220100', 'hex'),
    field(1, 0x00018004, Buffer.from(`${subject}\0`)),
    field(1, 0x00069003, Buffer.concat([numbers(2, 0x0003 | (0x0017 << 16), 1), property(0x102, 0x1009, aPackedRtf(rtf))])),
    field(2, 0x00069002, Buffer.alloc(14)),
    field(2, 0x0006800f, Buffer.from(file.text)),
    field(2, 0x00069005, Buffer.concat([numbers(1), property(0x1f, 0x3707, name)])),
  ]);
}

/** A Word document of old, its text in one piece. */
export function aDoc(text: string, { encrypted = false } = {}): Buffer {
  const fib = Buffer.alloc(1472);
  fib.writeUInt16LE(0xa5ec, 0);
  fib.writeUInt16LE(193, 2);
  fib.writeUInt16LE((encrypted ? 0x100 : 0) | 0x200, 10);
  fib.writeUInt32LE(text.length, 0x4c);
  const piece = Buffer.alloc(4 + 5 + 8 + 8);
  // The table of pieces: one, of two bytes a character, right behind the header.
  piece[0] = 2;
  piece.writeUInt32LE(16, 1);
  piece.writeUInt32LE(0, 5);
  piece.writeUInt32LE(text.length, 9);
  piece.writeUInt32LE(fib.length, 15);
  fib.writeUInt32LE(0, 0x1a2);
  fib.writeUInt32LE(21, 0x1a6);
  return anOle({
    '/WordDocument': Buffer.concat([fib, Buffer.from(text, 'utf16le'), Buffer.alloc(4096)]),
    '/1Table': Buffer.concat([piece.subarray(0, 21), Buffer.alloc(4096)]),
  });
}

type OldWord = { nFib?: number; language?: number; isMac?: boolean; fonts?: number[] };

/** The stream of a document of Word 2, 6 or 95: text of single bytes, and fonts with the numbers of their sets. */
export function anOldWordStream(text: Buffer, { nFib = 104, language = 0x409, isMac = false, fonts = [] }: OldWord = {}): Buffer {
  const head = Buffer.alloc(768);
  head.writeUInt16LE(nFib < 100 ? 0xa5db : 0xa5dc, 0);
  head.writeUInt16LE(nFib, 2);
  head.writeUInt16LE(language, 6);
  head.writeUInt16LE(isMac ? 256 : 0, 20);
  head.writeUInt32LE(head.length, 24);
  head.writeUInt32LE(head.length + text.length, 28);
  const table = Buffer.concat([Buffer.alloc(2), ...fonts.map((set) => Buffer.from([7, 0, 0, 0, set, 0, 0x41, 0]))]);
  head.writeUInt32LE(head.length + text.length, 0xd0);
  head.writeUInt32LE(table.length, 0xd4);
  return Buffer.concat([head, text, table, Buffer.alloc(4096)]);
}

const record = (type: number, body: Buffer, head = 0): Buffer => {
  const start = Buffer.alloc(8);
  start.writeUInt16LE(head, 0);
  start.writeUInt16LE(type, 2);
  start.writeUInt32LE(body.length, 4);
  return Buffer.concat([start, body]);
};
const list = (type: number, children: Buffer[], instance = 0) => record(type, Buffer.concat(children), (instance << 4) | 0xf);
const numbers = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.from(Uint32Array.of(value).buffer)));

/** A presentation of old: for each slide the text of its placeholder, that of a box on it, and what was said of it. */
export function aPpt(slides: { title: string; box: string; comment?: [author: string, text: string] }[]): Buffer {
  return anOle(aPptStreams(slides));
}

const string = (instance: number, text: string) => record(4026, Buffer.from(text, 'utf16le'), instance << 4);
const commented = (author: string, text: string) =>
  list(5000, [list(5002, [record(5003, list(12000, [string(0, author), string(1, text)]))])]);

/** Its streams by their names. */
export function aPptStreams(slides: Parameters<typeof aPpt>[0]): Record<'/PowerPoint Document' | '/Current User', Buffer> {
  const chars = (text: string) => record(4000, Buffer.from(text, 'utf16le'));
  const document = list(1000, [
    list(
      4080,
      slides.flatMap(({ title }, i) => [record(1011, numbers(i + 2, 0, 0, 0, 0)), chars(title)]),
    ),
  ]);
  const parts = [
    document,
    ...slides.map(({ box, comment }) =>
      list(1006, [list(1036, [list(0xf00d, [chars(box)])]), ...(comment ? [commented(...comment)] : [])]),
    ),
  ];
  const offsets = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.length, 0));
  const directoryAt = parts.reduce((sum, part) => sum + part.length, 0);
  const directory = record(6002, numbers(((parts.length << 20) | 1) >>> 0, ...offsets));
  const edit = record(4085, numbers(0, 0, 0, directoryAt, 1, 0, 0));
  const user = numbers(0, 0, 20, 0xe391c05f, directoryAt + directory.length);
  return { '/PowerPoint Document': Buffer.concat([...parts, directory, edit, Buffer.alloc(4096)]), '/Current User': user };
}
