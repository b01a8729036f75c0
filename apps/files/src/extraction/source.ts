import { open, type FileHandle } from 'node:fs/promises';

import { streamDecoder } from '../text/charsets.ts';
import { EncodingProbe, looksLikeText } from '../text/decode.ts';

/** Bytes looked at to tell how a text is written; it is read in that way to its end. */
const PROBED_BYTES = 32 * 1024 * 1024;
/** How much is read at a time. */
const CHUNK_BYTES = 256 * 1024;
/** A line that never ends is cut. */
const MOST_LINE_CHARS = 4 * 1024 * 1024;

/** The bytes of a document: a file that was uploaded, or a part of one, such as an attachment. */
export class Source {
  readonly name: string;
  readonly size: number;
  private readonly from: FileHandle | Buffer;
  private probed: Promise<string | null> | undefined;

  private constructor(name: string, size: number, from: FileHandle | Buffer) {
    this.name = name;
    this.size = size;
    this.from = from;
  }

  static async open(path: string, name: string): Promise<Source> {
    const file = await open(path, 'r');
    return new Source(name, (await file.stat()).size, file);
  }

  static of(bytes: Buffer, name: string): Source {
    return new Source(name, bytes.length, bytes);
  }

  /** The ending of the name in small letters, without the dot. */
  get extension(): string {
    return /\.([a-z0-9]+)$/i.exec(this.name)?.[1]?.toLowerCase() ?? '';
  }

  /** Up to `length` bytes from `position` on. */
  async read(position: number, length: number): Promise<Buffer> {
    if (Buffer.isBuffer(this.from)) return this.from.subarray(position, position + length);
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, this.size - position)));
    const { bytesRead } = await this.from.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  }

  /** The bytes piece by piece, so that whoever has enough stops reading. */
  async *chunks(limit = this.size): AsyncGenerator<Buffer> {
    for (let position = 0; position < Math.min(limit, this.size);) {
      const chunk = await this.read(position, Math.min(CHUNK_BYTES, limit - position));
      if (chunk.length === 0) return;
      position += chunk.length;
      yield chunk;
    }
  }

  /** All of it, for libraries that read back and forth. */
  async bytes(): Promise<Buffer> {
    return this.read(0, this.size);
  }

  /** How it is encoded when it is text, else null. */
  encoding(): Promise<string | null> {
    return (this.probed ??= this.probe());
  }

  /** Its text piece by piece; nothing when it is no text. */
  async *text(): AsyncGenerator<string> {
    const encoding = await this.encoding();
    if (!encoding) return;
    const decoder = streamDecoder(encoding);
    for await (const chunk of this.chunks()) yield decoder.write(chunk);
    yield decoder.end();
  }

  /** Its text line by line, without what ends them. */
  async *lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const part of this.text()) {
      // A carriage return at the end may be half of a line's end.
      const lines = (rest + part).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      yield* lines;
      while (rest.length > MOST_LINE_CHARS) {
        yield rest.slice(0, MOST_LINE_CHARS);
        rest = rest.slice(MOST_LINE_CHARS);
      }
    }
    if (rest !== '') yield rest.replace(/\r$/, '');
  }

  async close(): Promise<void> {
    if (!Buffer.isBuffer(this.from)) await this.from.close();
  }

  private async probe(): Promise<string | null> {
    const probe = new EncodingProbe();
    for await (const chunk of this.chunks(PROBED_BYTES)) probe.add(chunk);
    const encoding = probe.encoding();
    if (!encoding) return null;
    const decoder = streamDecoder(encoding);
    return looksLikeText(decoder.write(await this.read(0, CHUNK_BYTES))) ? encoding : null;
  }
}
