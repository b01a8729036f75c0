import { createRequire } from 'node:module';
import type { ArchiveReader, LibarchiveWasm } from 'libarchive-wasm';
import { BeyondLimits, EXTRACTION_LIMITS, Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { readInside } from './inside.ts';
import { isPackedAlone, readPackedAlone } from './packed-alone.ts';
import { ZipArchive } from './zip.ts';

/** Larger files inside an archive are listed and not opened. */
const MOST_ENTRY_BYTES = 64 * 1024 * 1024;
/** Text is packed to a tenth, and hardly anything that large to less than a hundredth. */
const MOST_RATIO = 200;
/** Files that programs leave beside those that people packed. */
const isClutter = (name: string) => /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX\/|\._[^/]*$|\.git\/)/.test(name);

type Member = { name: string; size: number; read(): Promise<Buffer | null> };

/** An archive: the list of its files, then the text of each. */
export async function* readArchive(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const isZip = (await source.read(0, 2)).toString('latin1') === 'PK';
  if (isZip) yield* readZip(source, reading);
  else if (await isPackedAlone(source)) yield* readPackedAlone(source, reading);
  else yield* readOther(source, reading);
}

async function* readZip(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const names = archive.names().filter((name) => !name.endsWith('/') && !isClutter(name));
  if (names.length > 0 && names.every((name) => archive.isEncrypted(name))) {
    throw new Unreadable('encrypted', 'The archive is protected with a password. Remove the password and upload it again.');
  }
  if (names.some((name) => archive.sizeOf(name) > MOST_ENTRY_BYTES && archive.ratioOf(name) > MOST_RATIO)) {
    throw new BeyondLimits('A file in the archive unpacks to far more than its size: it looks like a zip bomb.');
  }
  yield listing(names);
  const members = names.map((name) => ({ name, size: archive.sizeOf(name), read: () => archive.read(name) }));
  yield* contents(members, reading);
}

/** The other kinds of archives, each file as it comes by: they are read from front to back. */
async function* readOther(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const { libarchiveWasm, ArchiveReader: Reader } = createRequire(import.meta.url)('libarchive-wasm') as {
    libarchiveWasm: () => Promise<LibarchiveWasm>;
    ArchiveReader: new (library: LibarchiveWasm, data: Int8Array) => ArchiveReader;
  };
  const library = await libarchiveWasm();
  const bytes = await source.bytes();
  const open = () => {
    try {
      return new Reader(library, new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (error) {
      // The library tells a damaged one and a lone file packed with bzip2 or xz by the same error.
      const isAlone = /^(?:BZh|\xfd7zXZ)/.test(bytes.toString('latin1', 0, 8)) && !/\.(?:t[gbx]z2?|tar\.\w+)$/i.test(source.name);
      if (isAlone)
        throw new Unreadable('unsupported', 'A file that is packed like this cannot be read here. Unpack it, or pack it as ZIP or GZIP.');
      throw new Unreadable('failed', 'The archive is damaged and cannot be opened.', { cause: error });
    }
  };
  const members = entries(open(), source, reading);
  yield* contents(members, reading);
}

/** A file that is packed alone has no list, and its name is that of the archive. */
async function* entries(archive: ArchiveReader, source: Source, reading: Reading): AsyncGenerator<Member> {
  let count = 0;
  try {
    for (const entry of archive.entries()) {
      count += 1;
      if (count > EXTRACTION_LIMITS.zipEntries) return;
      if (entry.isEncrypted())
        throw new Unreadable('encrypted', 'The archive is protected with a password. Remove the password and upload it again.');
      const path = entry.getPathname();
      const name = path === 'data' ? source.name.replace(/\.(?:gz|bz2|xz|zst|lz|z)$/i, '') : path;
      if (entry.getFiletype() !== 'File' || isClutter(name)) continue;
      const size = entry.getSize();
      yield { name, size, read: () => Promise.resolve(readEntry(archive, reading)) };
    }
    if (count === 0 && isListed(await source.read(0, 4)) && source.size > LEAST_LISTED_BYTES)
      throw new Unreadable('failed', 'The archive is damaged: the list of its files cannot be found.');
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('failed', 'The archive is damaged and could not be read to its end.', { cause: error });
  } finally {
    archive.free();
  }
}

/** 7-Zip and RAR keep a list of files; the library finds none in a damaged one, and says nothing. */
const isListed = (head: Buffer) => /^(?:7z\xbc\xaf|Rar!)/.test(head.toString('latin1'));
/** Of an archive without files. */
const LEAST_LISTED_BYTES = 128;

/** Piece by piece: what an entry says of its size is not believed. */
function readEntry(archive: ArchiveReader, reading: Reading): Buffer | null {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const part = archive.readData(PIECE_BYTES);
    if (part.length === 0) return Buffer.concat(parts);
    reading.budget.spend(part.length);
    size += part.length;
    if (size > MOST_ENTRY_BYTES) return null;
    parts.push(Buffer.from(part));
  }
}

const PIECE_BYTES = 1024 * 1024;
const listing = (names: string[]) => `${names.join('\n')}\n\n`;

async function* contents(members: Iterable<Member> | AsyncIterable<Member>, reading: Reading): AsyncGenerator<Piece> {
  for await (const { name, size, read } of members) {
    if (!reading.budget.openFile())
      return yield { missing: `Only the first ${EXTRACTION_LIMITS.nestedFiles} files of the archive were read.` };
    const bytes = size > MOST_ENTRY_BYTES ? null : await read();
    yield { newPage: true };
    if (bytes) yield* readInside(Source.of(bytes, name), reading);
    else yield `${name}\n\n(The file is too large to be read inside an archive.)\n\n`;
  }
}
