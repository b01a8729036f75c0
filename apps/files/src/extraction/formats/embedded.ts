import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { BeyondLimits, Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import type { Relation } from './office-package.ts';
import type { ZipArchive } from './zip.ts';

type Cfb = {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content?: Uint8Array } | null;
};

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** The files that were put into an office document, such as the workbook behind a table; those of other programs are left out. */
export async function* embeddedFiles(archive: ZipArchive, relations: Relation[], reading: Reading): AsyncGenerator<Piece> {
  const parts = relations.filter(({ type, part }) => (type === 'package' || type === 'oleObject') && archive.has(part));
  for (const part of new Set(parts.map((relation) => relation.part))) {
    if (!reading.budget.openFile()) return;
    const bytes = await archive.read(part);
    const file = bytes && unwrapped(bytes, posix.basename(part));
    if (!file) continue;
    yield { newPage: true };
    try {
      yield* reading.nested(file);
    } catch (error) {
      if (error instanceof BeyondLimits) throw error;
      process.stderr.write(`a file inside: ${error instanceof Error ? error.name : typeof error}\n`);
      if (!(error instanceof Unreadable)) yield { missing: 'A file inside is damaged and was left out.' };
    }
  }
}

/** The container of old programs may be wrapped around a file of its own. */
function unwrapped(bytes: Buffer, name: string): Source | null {
  if (!bytes.subarray(0, OLE.length).equals(OLE)) return Source.of(bytes, name);
  const { CFB } = createRequire(import.meta.url)('@e965/xlsx') as { CFB: Cfb };
  try {
    const container = CFB.read(bytes, { type: 'buffer' });
    const packed = CFB.find(container, 'Package')?.content;
    if (packed) return Source.of(Buffer.from(packed), name);
    const native = CFB.find(container, '\u0001Ole10Native')?.content;
    return native ? nativeFile(Buffer.from(native)) : Source.of(bytes, name);
  } catch {
    return null;
  }
}

/** A file of any kind: its label, its name, where it came from, then its bytes. */
function nativeFile(stream: Buffer): Source | null {
  let at = 6;
  const words = () => {
    const end = stream.indexOf(0, at);
    const text = stream.toString('latin1', at, end);
    at = end + 1;
    return text;
  };
  words();
  const name = words().replace(/^.*[\\/]/, '');
  at += 4;
  at += 4 + stream.readUInt32LE(at);
  const length = stream.readUInt32LE(at);
  const bytes = stream.subarray(at + 4, at + 4 + length);
  return bytes.length > 0 ? Source.of(bytes, name) : null;
}
