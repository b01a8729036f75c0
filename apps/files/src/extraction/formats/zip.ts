import { PassThrough, Readable, type Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { decodeBytes, streamDecoder } from '../../text/charsets.ts';
import { BeyondLimits, EXTRACTION_LIMITS, Unreadable, type Budget } from '../extraction.ts';
import type { Source } from '../source.ts';

/** Text of a part, and whom to tell when it turns out to be torn. */
export type XmlText = AsyncIterable<string> & { onDamage?(): void };

/** A zip archive whose parts are inflated one at a time, counted as they grow: what a header claims is not believed. */
export class ZipArchive {
  private readonly file: ZipFile;
  private readonly entries: Map<string, Entry>;
  private readonly budget: Budget;

  private constructor(file: ZipFile, entries: Map<string, Entry>, budget: Budget) {
    this.file = file;
    this.entries = entries;
    this.budget = budget;
  }

  static async open(source: Source, budget: Budget): Promise<ZipArchive> {
    // Backslashes in names are not an error of ours: some programs write them.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    const size = await endOf(source);
    const file = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), size, options).catch((error: unknown) => {
      throw new Unreadable('failed', 'The document is damaged: its container cannot be opened.', { cause: error });
    });
    if (file.entryCount > EXTRACTION_LIMITS.zipEntries) throw new BeyondLimits('The file has more parts than any document.');
    const entries = new Map<string, Entry>();
    try {
      for await (const entry of file.eachEntry()) entries.set(nameOf(entry), entry);
    } catch (error) {
      throw new Unreadable('failed', 'The document is damaged: its container cannot be read.', { cause: error });
    }
    return new ZipArchive(file, entries, budget);
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  sizeOf(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** How many times larger than packed a part says it is. */
  ratioOf(name: string): number {
    const entry = this.entries.get(name);
    return entry ? entry.uncompressedSize / Math.max(1, entry.compressedSize) : 1;
  }

  isEncrypted(name: string): boolean {
    return this.entries.get(name)?.isEncrypted() ?? false;
  }

  /**
   * The bytes of a part as they are inflated; none when there is no part of that name. A part ends where it is damaged:
   * that costs neither what stands before nor other parts.
   */
  async *chunks(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) return;
    if (entry.isEncrypted()) throw new Unreadable('encrypted', 'The document is protected with a password.');
    let sum = 0;
    for await (const chunk of this.inflated(entry)) {
      this.budget.spend(chunk.length);
      sum = crc32(chunk, sum);
      yield chunk;
    }
    // Some programs leave it at zero.
    if (entry.crc32 !== 0 && entry.crc32 !== sum) this.budget.damaged = true;
  }

  private async *inflated(entry: Entry): AsyncGenerator<Buffer> {
    let stream: Readable | undefined;
    try {
      stream = await this.file.openReadStreamPromise(entry);
      yield* stream as AsyncIterable<Buffer>;
    } catch {
      this.budget.damaged = true;
    } finally {
      stream?.destroy();
    }
  }

  /** The bytes of a part, or null when there is none of that name. */
  async read(name: string): Promise<Buffer | null> {
    if (!this.entries.has(name)) return null;
    const parts: Buffer[] = [];
    for await (const chunk of this.chunks(name)) parts.push(chunk);
    return Buffer.concat(parts);
  }

  /** The text of an XML part, in the encoding it declares. */
  text(name: string): XmlText {
    const decoded = this.decoded(name);
    return { [Symbol.asyncIterator]: () => decoded, onDamage: () => (this.budget.damaged = true) };
  }

  private async *decoded(name: string): AsyncGenerator<string> {
    let decoder: ReturnType<typeof streamDecoder> | undefined;
    for await (const chunk of this.chunks(name)) {
      decoder ??= streamDecoder(xmlEncoding(chunk));
      yield decoder.write(chunk);
    }
    if (decoder) yield decoder.end();
  }
}

const END_MARK = Buffer.from('PK\u0005\u0006');
const END_BYTES = 22;
const LOOKED_AT = 128 * 1024;

/** Where the archive ends: what other programs hung on behind that is no part of it. */
async function endOf(source: Source): Promise<number> {
  const from = Math.max(0, source.size - LOOKED_AT);
  const tail = await source.read(from, source.size - from);
  const at = tail.lastIndexOf(END_MARK);
  if (at < 0 || at + END_BYTES > tail.length) return source.size;
  return Math.min(source.size, from + at + END_BYTES + tail.readUInt16LE(at + 20));
}

/** Names are UTF-8 when they say so, else of the days of DOS; nearly all of those are ASCII. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const isUtf8 = (entry.generalPurposeBitFlag & 0x800) !== 0 || raw.every((byte) => byte < 0x80) || isValidUtf8(raw);
  return decodeBytes(raw, isUtf8 ? 'utf-8' : 'cp437').replaceAll('\\', '/');
}

function isValidUtf8(bytes: Buffer): boolean {
  return !decodeBytes(bytes, 'utf-8').includes('\ufffd');
}

function xmlEncoding(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return 'utf-16be';
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["'](iso-8859-\d+|windows-\d+|us-ascii)["']/i.exec(
    head.subarray(0, 200).toString('latin1'),
  );
  return declared?.[1] ?? 'utf-8';
}

class SourceReader extends RandomAccessReader {
  private readonly source: Source;

  constructor(source: Source) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Transform {
    return Readable.from(this.ranges(start, end), { objectMode: false }).pipe(new PassThrough());
  }

  private async *ranges(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const chunk = await this.source.read(at, Math.min(end - at, 256 * 1024));
      if (chunk.length === 0) return;
      at += chunk.length;
      yield chunk;
    }
  }
}
