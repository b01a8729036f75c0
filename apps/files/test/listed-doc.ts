import { anOle } from './office.ts';

/** A paragraph, and the level at which it stands in the list. */
export type Listed = { text: string; level?: number };
/** How a level is shown, by the number of its format; `\0` is the number of the first level, and so on. */
export type ShownLevel = { format: number; text: string; start?: number };

const [PAGE, TEXT] = [2048, 2560];
const [PIECES, PARAGRAPHS, LISTS, USES] = [0, 64, 128, 1024];

/** A Word document of old with one list. */
export function aListedDoc(paragraphs: Listed[], levels: ShownLevel[]): Buffer {
  const text = paragraphs.map((one) => `${one.text}\r`).join('');
  const head = Buffer.alloc(TEXT);
  head.writeUInt16LE(0xa5ec, 0);
  head.writeUInt16LE(193, 2);
  head.writeUInt16LE(0x200, 10);
  head.writeUInt32LE(text.length, 0x4c);
  const tables = Buffer.alloc(4096);
  const place = (field: number, begin: number, bytes: Buffer) => {
    head.writeUInt32LE(begin, field);
    head.writeUInt32LE(bytes.length, field + 4);
    bytes.copy(tables, begin);
  };
  const pieces = Buffer.alloc(21);
  pieces[0] = 2;
  pieces.writeUInt32LE(16, 1);
  pieces.writeUInt32LE(text.length, 9);
  pieces.writeUInt32LE(TEXT, 15);
  place(0x1a2, PIECES, pieces);
  place(0x102, PARAGRAPHS, Buffer.from(Uint32Array.of(TEXT, TEXT + text.length * 2, PAGE / 512).buffer));
  const list = Buffer.alloc(30);
  list.writeUInt16LE(1, 0);
  list.writeInt32LE(77, 2);
  place(0x2e2, LISTS, list);
  Buffer.concat(Array.from({ length: 9 }, (_, i) => aLevel(levels[i] ?? { format: 255, text: '' }))).copy(tables, LISTS + list.length);
  const use = Buffer.alloc(24);
  use.writeUInt32LE(1, 0);
  use.writeInt32LE(77, 4);
  place(0x2ea, USES, use);
  pageOf(paragraphs).copy(head, PAGE);
  return anOle({ '/WordDocument': Buffer.concat([head, Buffer.from(text, 'utf16le'), Buffer.alloc(4096)]), '/1Table': tables });
}

function aLevel({ format, text, start = 1 }: ShownLevel): Buffer {
  const level = Buffer.alloc(30);
  level.writeInt32LE(start, 0);
  level[4] = format;
  level.writeUInt16LE(text.length, 28);
  return Buffer.concat([level, Buffer.from(text, 'utf16le')]);
}

/** Where each paragraph ends, and its properties from the end of the page on. */
function pageOf(paragraphs: Listed[]): Buffer {
  const page = Buffer.alloc(512);
  let [end, at] = [TEXT, 500];
  page.writeUInt32LE(end, 0);
  for (const [i, { text, level }] of paragraphs.entries()) {
    end += (text.length + 1) * 2;
    page.writeUInt32LE(end, (i + 1) * 4);
    if (level === undefined) continue;
    at -= 10;
    page[(paragraphs.length + 1) * 4 + i * 13] = at / 2;
    Buffer.from([5, 0, 0, 0x0a, 0x26, level, 0x0b, 0x46, 1, 0]).copy(page, at);
  }
  page[511] = paragraphs.length;
  return page;
}
