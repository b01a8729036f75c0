import { stripVTControlCharacters } from 'node:util';
import { canDecode, canonicalName, decodeBytes, platformName } from './charsets.ts';
import { guessEncoding } from './encoding-guess.ts';
import { utf16WithoutMark } from './utf16.ts';

export type DecodedText = { text: string; encoding: string };

/** Bytes looked at to guess an encoding: enough for the statistics, cheap for a large file. */
const SAMPLE_BYTES = 65_536;
/** Zeros that a crash or a tool left in a text; what is not text has many, and other signs of it. */
const MOST_ZEROS = 2;
const SPARSE = 1000;
/** Bytes kept around each one that is not ASCII, so that a guess sees whole words. */
const AROUND_BYTES = 64;
/** Blanks are few in a declaration; without a bound, a page of them would be tried in every division. */
const META_CHARSET = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:-]{2,40})/i;
const XML_ENCODING = /^\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w:-]{2,40})["']/i;

/** Text of any encoding, or null when the bytes are not text. A byte order mark wins, then a declaration, then the guess. */
export function decodeText(bytes: Buffer): DecodedText | null {
  const probe = new EncodingProbe();
  probe.add(bytes);
  const encoding = probe.encoding();
  if (!encoding) return null;
  const text = decodeBytes(bytes, encoding);
  return looksLikeText(text) ? { text, encoding } : null;
}

/** Gathers, over a file that is read piece by piece, what tells its encoding. */
export class EncodingProbe {
  private head = Buffer.alloc(0);
  private readonly unusual: Buffer[] = [];
  private unusualBytes = 0;
  private zeros = 0;
  private zerosAdjoin = false;
  private read = 0;
  private sequences = 0;
  private broken = 0;
  private pending = 0;
  private escapes = false;

  add(chunk: Buffer): void {
    if (this.head.length < SAMPLE_BYTES) this.head = Buffer.concat([this.head, chunk.subarray(0, SAMPLE_BYTES - this.head.length)]);
    this.read += chunk.length;
    this.escapes ||= chunk.includes(0x1b);
    let covered = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i]!;
      if (byte > 0 && byte < 0x80 && this.pending === 0) continue;
      if (byte === 0) this.zeros += 1;
      this.zerosAdjoin ||= byte === 0 && chunk[i - 1] === 0;
      this.countSequence(byte);
      if (byte > 0x7f && i >= covered && this.unusualBytes < SAMPLE_BYTES) covered = this.keep(chunk, i);
    }
  }

  /** The name of the encoding; null when the bytes are not text. */
  encoding(): string | null {
    const marked = byteOrderMark(this.head) ?? utf32WithoutMark(this.head) ?? utf16WithoutMark(this.head);
    if (marked) return marked;
    if ((this.zeros > MOST_ZEROS || this.zerosAdjoin) && this.zeros * SPARSE > this.read) return null;
    if (this.isUtf8() && this.sequences > 0) return 'utf-8';
    const declared = declaredEncoding(this.head);
    if (declared && (this.unusualBytes > 0 || this.escapes)) return declared;
    if (this.unusualBytes === 0 && !this.escapes) return 'utf-8';
    const sample = this.unusualBytes === 0 ? this.head : Buffer.concat([...this.unusual, this.escapes ? this.head : Buffer.alloc(0)]);
    return canonicalName(this.unusualBytes === 0 && !guessEncoding(sample).startsWith('iso-2022') ? 'utf-8' : guessEncoding(sample));
  }

  /**
   * Bytes above ASCII that form UTF-8 by accident are as good as impossible, so no declaration outweighs them, and one
   * bad byte among many good ones is just that.
   */
  private isUtf8(): boolean {
    return this.broken === 0 || (this.sequences >= 2 && this.broken * 10 <= this.sequences + 9);
  }

  private countSequence(byte: number): void {
    if (this.pending > 0 && byte >= 0x80 && byte < 0xc0) {
      this.pending -= 1;
      if (this.pending === 0) this.sequences += 1;
      return;
    }
    if (this.pending > 0) this.broken += 1;
    this.pending = byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : 0;
    if (byte >= 0x80 && this.pending === 0) this.broken += 1;
  }

  private keep(chunk: Buffer, at: number): number {
    // From a border between words on: a character of two bytes must not be cut in half.
    let from = at;
    while (from > 0 && at - from < AROUND_BYTES && chunk[from - 1]! < 0x80 && chunk[from - 1]! !== 0x0a) from -= 1;
    let to = at;
    while (to < chunk.length && (to - at < AROUND_BYTES || chunk[to]! > 0x7f) && to - at < SAMPLE_BYTES) to += 1;
    this.unusual.push(Buffer.from(chunk.subarray(from, to)), Buffer.from('\n'));
    this.unusualBytes += to - from;
    return to;
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

/** Of four bytes of UTF-32 one or two are always zero, on the same side. */
function utf32WithoutMark(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, Math.min(bytes.length, 4096) & ~3);
  if (sample.length < 8) return null;
  const isBelow = (from: number): boolean => {
    for (let at = 0; at < sample.length; at += 4) {
      const point = from === 0 ? sample.readUInt32LE(at) : sample.readUInt32BE(at);
      if (point === 0 || point > 0x10ffff) return false;
    }
    return true;
  };
  return isBelow(0) ? 'utf-32le' : isBelow(3) ? 'utf-32be' : null;
}

/** What an HTML or XML document says of itself, when it is an encoding we know. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.toString('latin1');
  if (!/^\s*(?:<!--|<[!?a-z])/i.test(head)) return null;
  // Tools leave commented-out declarations behind.
  const live = withoutComments(head);
  const name = (XML_ENCODING.exec(live) ?? META_CHARSET.exec(live))?.[1]?.toLowerCase();
  // A document that could be read this far as single bytes cannot be UTF-16, whatever it says.
  if (!name || /^(?:utf-?16|ucs|utf-?32)/.test(name) || platformName(name)?.startsWith('utf-16') || !canDecode(name)) return null;
  return name;
}

function withoutComments(source: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = source.indexOf('<!--', from);
    const end = start < 0 ? -1 : source.indexOf('-->', start + 4);
    if (end < 0) return kept.join('') + source.slice(from);
    kept.push(source.slice(from, start));
    from = end + 3;
  }
}

/** Whether decoded characters are such as people and programs write; colours of a terminal are no objection. */
export function looksLikeText(text: string): boolean {
  const sample = stripVTControlCharacters(text.slice(0, SAMPLE_BYTES));
  const controls = sample.match(/(?![\s\u0085])\p{Cc}|\ufffd/gu)?.length ?? 0;
  return controls <= Math.max(2, sample.length * 0.02);
}
