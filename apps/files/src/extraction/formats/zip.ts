import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { EXTRACTION_LIMITS, Unreadable } from '../extraction.ts';

/** A zip archive whose parts are inflated one at a time, counted as they grow: what a header claims is not believed. */
export class ZipArchive {
  private readonly file: ZipFile;
  private readonly entries: Map<string, Entry>;
  private inflated = 0;

  private constructor(file: ZipFile, entries: Map<string, Entry>) {
    this.file = file;
    this.entries = entries;
  }

  static async open(bytes: Buffer): Promise<ZipArchive> {
    const file = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
      throw new Unreadable('failed', 'The document is damaged: its container cannot be opened.', { cause: error });
    });
    if (file.entryCount > EXTRACTION_LIMITS.zipEntries) throw new Unreadable('failed', 'The document has too many parts.');
    const entries = new Map<string, Entry>();
    try {
      for await (const entry of file.eachEntry()) entries.set(entry.fileName, entry);
    } catch (error) {
      throw new Unreadable('failed', 'The document is damaged: its container cannot be read.', { cause: error });
    }
    return new ZipArchive(file, entries);
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  /** The bytes of a part, or null when there is none of that name. */
  async read(name: string): Promise<Buffer | null> {
    const entry = this.entries.get(name);
    if (!entry) return null;
    if (entry.isEncrypted()) throw new Unreadable('encrypted', 'The document is protected with a password.');
    const parts: Buffer[] = [];
    const stream = await this.file.openReadStreamPromise(entry);
    for await (const part of stream as AsyncIterable<Buffer>) {
      this.inflated += part.length;
      if (this.inflated > EXTRACTION_LIMITS.inflatedBytes) {
        stream.destroy();
        throw new Unreadable('failed', 'The document unpacks to far more than its size: it looks like a zip bomb.');
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}
