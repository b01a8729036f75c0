import { AppError } from '@atrium/contracts';
import { TemporaryFolders } from '@atrium/service-kit';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const folders = new TemporaryFolders('atrium-upload');

export type Spooled = { size: number; sha256: string; read(): Readable };

/** Counts and hashes what flows through, and ends it when it is too much. */
class Meter extends Transform {
  size = 0;
  readonly hash: Hash = createHash('sha256');

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, chunk?: Buffer) => void): void {
    this.size += chunk.length;
    if (this.size > this.maxBytes)
      return done(new AppError('file_too_large', `A file has at most ${this.maxBytes} bytes`, { maxBytes: this.maxBytes }));
    this.hash.update(chunk);
    done(null, chunk);
  }
}

/** A file on disk that is written bit by bit. */
export class GrowingFile {
  size = 0;

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  async add(bytes: Buffer): Promise<void> {
    await this.handle.writeFile(bytes);
    this.size += bytes.length;
  }

  /** Nothing is added any more. */
  async end(): Promise<{ size: number; read(): Readable }> {
    await this.close();
    return { size: this.size, read: () => createReadStream(this.path) };
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/**
 * A directory on disk for the files of one request. Object storage must be told a length before the first byte, and
 * a browser does not tell it; so bytes rest here for a moment, never in memory.
 */
export class Spool {
  private constructor(private readonly directory: string) {}

  static async open(): Promise<Spool> {
    return new Spool(await folders.make());
  }

  /** Removes what processes left that were killed during an upload. */
  static sweep(): Promise<void> {
    return folders.sweep();
  }

  async write(name: string, source: Readable, maxBytes: number): Promise<Spooled> {
    const path = join(this.directory, name);
    const meter = new Meter(maxBytes);
    await pipeline(source, meter, createWriteStream(path));
    return { size: meter.size, sha256: meter.hash.digest('hex'), read: () => createReadStream(path) };
  }

  /** A file that is written bit by bit. */
  async begin(name: string): Promise<GrowingFile> {
    const path = join(this.directory, name);
    return new GrowingFile(path, await open(path, 'w', 0o600));
  }

  async drop(name: string): Promise<void> {
    await rm(join(this.directory, name), { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
