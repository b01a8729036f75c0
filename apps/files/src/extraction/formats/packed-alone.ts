import { Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { readInside } from './inside.ts';

const UNPACKERS: [mark: Buffer, unpack: () => Transform][] = [
  [Buffer.from([0x1f, 0x8b]), createGunzip],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), createZstdDecompress],
];
/** Where a tape archive says that it is one. */
const TAR_MARK = { from: 257, to: 262 } as const;

async function unpackerOf(source: Source): Promise<(() => Transform) | undefined> {
  const head = await source.read(0, 4);
  return UNPACKERS.find(([mark]) => mark.equals(head.subarray(0, mark.length)))?.[1];
}

/** Whether one file is packed without an archive around it, as logs are; what the library for archives cannot unpack counts as one. */
export async function isPackedAlone(source: Source): Promise<boolean> {
  const unpack = await unpackerOf(source);
  if (!unpack || unpack === createZstdDecompress) return unpack !== undefined;
  const head = await takeBytes(unpacked(source, unpack), 512).catch(() => null);
  return head !== null && !isTar(head);
}

const isTar = (head: Buffer): boolean => head.toString('latin1', TAR_MARK.from, TAR_MARK.to) === 'ustar';

/** A file packed alone; its name is that of what it is packed in. */
export async function* readPackedAlone(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const unpack = (await unpackerOf(source))!;
  const parts: Buffer[] = [];
  let isCut = false;
  try {
    for await (const part of unpacked(source, unpack)) {
      reading.budget.spend(part.length);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof Unreadable || parts.length === 0) throw damaged(error);
    isCut = true;
  }
  const name = source.name.replace(/\.(?:gz|z|zst)$/i, '').replace(/\.(?:svgz)$/i, '.svg');
  const bytes = Buffer.concat(parts);
  yield* isTar(bytes) ? reading.nested(Source.of(bytes, name)) : readInside(Source.of(bytes, name), reading);
  if (isCut) yield { missing: 'The packed file is damaged: it could be read up to there only.' };
}

const damaged = (error: unknown) =>
  error instanceof Unreadable ? error : new Unreadable('failed', 'The packed file is damaged and cannot be unpacked.', { cause: error });

/** The unpacked bytes as they come; what comes before damage comes too. */
async function* unpacked(source: Source, unpack: () => Transform): AsyncGenerator<Buffer> {
  const packed = Readable.from(source.chunks(), { objectMode: false });
  const stream = packed.pipe(unpack());
  packed.on('error', (error) => stream.destroy(error));
  try {
    for await (const part of stream as AsyncIterable<Buffer>) yield part;
  } finally {
    packed.destroy();
    stream.destroy();
  }
}

async function takeBytes(parts: AsyncGenerator<Buffer>, most: number): Promise<Buffer> {
  const taken: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    taken.push(part);
    size += part.length;
    if (size >= most) break;
  }
  return Buffer.concat(taken).subarray(0, most);
}
