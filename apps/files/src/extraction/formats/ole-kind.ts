import { createRequire } from 'node:module';
import type { DocumentKind } from '../extraction.ts';

type Cfb = { read(bytes: Buffer, options: { type: 'buffer' }): { FullPaths: string[] } };

/** Streams at the top of Microsoft's container: those deeper in are of documents within the document. */
const STREAMS: [RegExp, DocumentKind][] = [
  [/^__properties_version1\.0$/, 'msg'],
  [/^WordDocument$/, 'doc'],
  [/^(?:Workbook|Book)$/i, 'xls'],
  [/^PowerPoint Document$/, 'ppt'],
];

/** What a container of old Office holds by what stands at its top; null where that says nothing, `damaged` where it cannot be read. */
export function oleKind(bytes: Buffer): DocumentKind | 'damaged' | null {
  try {
    const { CFB } = createRequire(import.meta.url)('@e965/xlsx') as { CFB: Cfb };
    const top = CFB.read(bytes, { type: 'buffer' }).FullPaths.flatMap((path) => /^[^/]*\/([^/]+)$/.exec(path)?.[1] ?? []);
    return STREAMS.find(([stream]) => top.some((name) => stream.test(name)))?.[1] ?? null;
  } catch {
    return 'damaged';
  }
}
