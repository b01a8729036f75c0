import { decodeBytes } from '../../text/charsets.ts';
import { FONT_CHARSETS } from './font-charsets.ts';

/** Places in the head of the document. */
const AT = { language: 6, charset: 20, text: 24, textEnd: 28, fonts: 0xd0, fontsLength: 0xd4 } as const;
const MAC = 256;
/** Fonts that have letters of no language, or say nothing. */
const SILENT = new Set([0, 1, 2, 255]);

/** Languages by the lower bits of their number, and the sets they were written in. */
const BY_LANGUAGE: Record<number, string> = {
  0x01: 'windows-1256',
  0x02: 'windows-1251',
  0x04: 'gb18030',
  0x05: 'windows-1250',
  0x08: 'windows-1253',
  0x0d: 'windows-1255',
  0x0e: 'windows-1250',
  0x11: 'cp932',
  0x12: 'cp949',
  0x15: 'windows-1250',
  0x18: 'windows-1250',
  0x19: 'windows-1251',
  0x1a: 'windows-1250',
  0x1b: 'windows-1250',
  0x1e: 'windows-874',
  0x1f: 'windows-1254',
  0x22: 'windows-1251',
  0x23: 'windows-1251',
  0x24: 'windows-1250',
  0x25: 'windows-1257',
  0x26: 'windows-1257',
  0x27: 'windows-1257',
  0x2a: 'windows-1258',
};

/** Word before 97 keeps the text in one piece of single bytes; which letters they stand for, its fonts say, or its language. */
export function oldWordText(stream: Buffer): string {
  const bytes = stream.subarray(stream.readUInt32LE(AT.text), stream.readUInt32LE(AT.textEnd));
  const text = withoutFields(decodeBytes(bytes, charsetOf(stream)));
  return rowEnds(text).replaceAll('\r', '\n').replaceAll('\v', '\n');
}

function charsetOf(stream: Buffer): string {
  if (stream.readUInt16LE(AT.charset) === MAC) return 'macintosh';
  const ofLanguage = BY_LANGUAGE[stream.readUInt16LE(AT.language) & 0x3ff];
  const ofFonts = fontCharsets(stream);
  if (ofLanguage && ofFonts.includes(ofLanguage)) return ofLanguage;
  return ofFonts[0] ?? ofLanguage ?? 'windows-1252';
}

function fontCharsets(stream: Buffer): string[] {
  if (stream.length < AT.fontsLength + 4) return [];
  const start = stream.readUInt32LE(AT.fonts);
  const fonts = stream.subarray(start, start + stream.readUInt32LE(AT.fontsLength));
  const found: string[] = [];
  // Each font tells its length, four bytes about its looks, and the number of its set.
  for (let at = 2; at + 5 < fonts.length; at += fonts[at]! + 1) {
    const number = fonts[at + 4]!;
    if (!SILENT.has(number) && FONT_CHARSETS[number]) found.push(FONT_CHARSETS[number]);
  }
  return found;
}

/** Codes of fields stand between the marks 19 and 20, what they show between 20 and 21. */
function withoutFields(text: string): string {
  const [begin, middle, end] = [19, 20, 21].map((mark) => String.fromCharCode(mark)) as [string, string, string];
  const shown = text.split(begin).map((part, i) => (i === 0 ? part : part.slice(Math.max(part.indexOf(middle), part.indexOf(end)) + 1)));
  return shown.join('').replaceAll(end, '');
}

const CELL_END = String.fromCharCode(7);
const MOST_COLUMNS = 64;
const NEARLY = 0.8;

/** One mark ends a cell and, once more, the row: how many cells a row has, its empty ones hide. Tabulators and lines, from here on. */
function rowEnds(text: string): string {
  const parts = text.split(CELL_END);
  const last = parts.pop()!;
  const out: string[] = [];
  for (let at = 0; at < parts.length;) {
    const { width, rows } = tableAt(parts, at);
    for (let row = 0; row < rows; row += 1, at += width + 1) {
      for (const part of parts.slice(at, at + width)) out.push(part, '\t');
      out.push('\r');
    }
  }
  return out.join('') + last;
}

/** The least width with which the marks of rows fall on nothing for about as long as with any. */
function tableAt(parts: string[], at: number): { width: number; rows: number } {
  const widths: { width: number; rows: number }[] = [];
  for (let width = 1; width <= MOST_COLUMNS && at + width < parts.length; width += 1) {
    let rows = 0;
    while (parts[at + rows * (width + 1) + width] === '') rows += 1;
    if (rows > 0) widths.push({ width, rows });
  }
  const long = ({ width, rows }: { width: number; rows: number }) => rows * (width + 1);
  const most = Math.max(...widths.map(long));
  return widths.find((one) => long(one) >= most * NEARLY) ?? { width: parts.length - at, rows: 1 };
}
