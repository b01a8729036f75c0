import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export type DecodedText = { text: string; encoding: string };

/** Bytes looked at to guess an encoding: enough for the statistics, cheap for a large file. */
const SAMPLE_BYTES = 65_536;
/** Blanks are few in a declaration; without a bound, a page of them would be tried in every division. */
const META_CHARSET = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:-]{2,40})/i;
const XML_ENCODING = /^\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w:-]{2,40})["']/i;

/** Text of any encoding, or null when the bytes are not text. A byte order mark wins, then a declaration, then the guess. */
export function decodeText(bytes: Buffer): DecodedText | null {
  const marked = byteOrderMark(bytes);
  if (marked) return decodeAs(bytes, marked);
  const wide = utf16WithoutMark(bytes);
  if (wide) return decodeAs(bytes, wide);
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return null;
  const utf8 = isUtf8(bytes);
  // Bytes above ASCII that form UTF-8 by accident are as good as impossible: no declaration outweighs them.
  if (utf8 && bytes.some((byte) => byte > 0x7f)) return decodeAs(bytes, 'utf-8');
  const declared = declaredEncoding(bytes);
  if (declared) return decodeAs(bytes, declared);
  if (utf8 && !bytes.includes(ESCAPE)) return decodeAs(bytes, 'utf-8');
  return decodeAs(bytes, guessEncoding(bytes));
}

const ESCAPE = 0x1b;
/** Names under which documents really use a larger set (as browsers read them). */
const SUPERSETS: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  gb2312: 'gb18030',
  shift_jis: 'cp932',
  'euc-kr': 'cp949',
};

function decodeAs(bytes: Buffer, name: string): DecodedText | null {
  const encoding = SUPERSETS[name.toLowerCase()] ?? name.toLowerCase();
  const text = iconv.encodingExists(encoding) ? iconv.decode(bytes, encoding, { stripBOM: true }) : new TextDecoder(encoding).decode(bytes);
  return looksLikeText(text) ? { text, encoding } : null;
}

/** iconv-lite lacks the stateful Japanese sets, which the platform has. */
function canDecode(encoding: string): boolean {
  if (iconv.encodingExists(encoding)) return true;
  try {
    return new TextDecoder(encoding) instanceof TextDecoder;
  } catch {
    return false;
  }
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x0000feff) return 'utf-32le';
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0x0000feff) return 'utf-32be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 of mostly Latin text has a zero in every other byte, always on the same side. */
function utf16WithoutMark(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, 4096 & ~1);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i += 1) {
    if (sample[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  return null;
}

/** What an HTML or XML document says of itself, when it is an encoding we know. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 4096).toString('latin1');
  if (!/^\s*(?:<!--|<[!?a-z])/i.test(head)) return null;
  // Tools leave commented-out declarations behind.
  const live = head.replace(/<!--[\s\S]*?-->/g, '');
  const name = (XML_ENCODING.exec(live) ?? META_CHARSET.exec(live))?.[1]?.toLowerCase();
  // A document that could be read this far as single bytes cannot be UTF-16, whatever it says.
  if (!name || name.startsWith('utf-16') || !canDecode(name)) return null;
  return name;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(withoutCutCharacter(bytes));
    return true;
  } catch {
    return false;
  }
}

/** A prefix of a file may end inside a character; up to three bytes are left out for the check. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

function guessEncoding(bytes: Buffer): string {
  const known = analyse(bytes.subarray(0, SAMPLE_BYTES)).filter((match) => canDecode(match.name));
  return known[0]?.name ?? 'windows-1252';
}

function looksLikeText(text: string): boolean {
  const sample = text.slice(0, SAMPLE_BYTES);
  // eslint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0;
  return controls <= Math.max(2, sample.length * 0.02);
}
