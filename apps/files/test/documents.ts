import { PDFDocument, StandardFonts } from 'pdf-lib';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** A PDF with one page for each text; a text may have several lines. */
export async function aPdf(pages: string[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const text of pages) {
    const page = document.addPage([595, 842]);
    text.split('\n').forEach((line, i) => page.drawText(line, { x: 50, y: 780 - i * 16, size: 12, font }));
  }
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** A PDF of one page with each text at its place; `y` grows upwards, and from a height on they are bold. */
export async function aPlacedPdf(texts: [text: string, x: number, y: number][], size = 11, { boldFrom = Infinity } = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  const page = document.addPage([595, 842]);
  for (const [text, x, y] of texts) page.drawText(text, { x, y, size, font: y >= boldFrom ? bold : font });
  return Buffer.from(await document.save());
}

/** A PDF whose first page is text and whose second is a picture. */
export async function aScan(text: string, png: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(await aPdf([text]));
  const picture = await document.embedPng(png);
  const page = document.addPage([595, 842]);
  page.drawImage(picture, { x: 50, y: 600, width: 374, height: 68 });
  return Buffer.from(await document.save());
}

/** A PDF of one page with a table, its columns so far apart. */
export const aPdfTable = (rows: string[][], columnWidth = 110): Promise<Buffer> =>
  aPlacedPdf(
    rows.flatMap((row, r) =>
      row.flatMap((cell, c): [string, number, number][] => (cell === '' ? [] : [[cell, 50 + c * columnWidth, 700 - r * 16]])),
    ),
  );

type Part = { name: string; bytes: Buffer | string; encrypted?: boolean; stored?: boolean };

/** A zip archive, written by hand so that a test can make a bad one. */
export function aZip(parts: Part[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, encrypted, stored } of parts) {
    const raw = Buffer.from(bytes);
    const packed = stored ? raw : deflateRawSync(raw, { level: 9 });
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, title]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

const CONTENT_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** A Word document with this body (WordprocessingML), and other parts. */
export function aDocx(body: string, parts: Part[] = []): Buffer {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return aZip([
    { name: '[Content_Types].xml', bytes: CONTENT_TYPES },
    { name: '_rels/.rels', bytes: RELATIONS },
    { name: 'word/document.xml', bytes: document },
    ...parts,
  ]);
}

export const aParagraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

export const aWordTable = (rows: string[][]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${aParagraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

/**
 * One page whose content stream unpacks to far more than the file's size, twice over. On a wide page all of it is text
 * to read; what falls off a narrow one is not.
 */
export function aPdfBomb(bytes: number, width = 9): Buffer {
  const operators = Buffer.concat([Buffer.from('BT /F1 1 Tf '), Buffer.alloc(bytes, '(bomb) Tj '), Buffer.from(' ET')]);
  const inner = deflateSync(operators);
  const outer = deflateSync(inner);
  const objects = [
    Buffer.from('1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'),
    Buffer.from('2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'),
    Buffer.from(`3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n`),
    Buffer.concat([
      Buffer.from(`4 0 obj<</Length ${outer.length}/Filter[/FlateDecode/FlateDecode]>>stream\n`),
      outer,
      Buffer.from('\nendstream endobj\n'),
    ]),
    Buffer.from('5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n'),
  ];
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), ...objects, Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n')]);
}
