import { Id, Instant, validationError } from '@atrium/contracts';
import { z } from 'zod';

const Place = z.object({ rank: z.number(), id: Id, similar: z.boolean() });
/** Where a source's part of the list goes on: behind a hit, at its beginning, or nowhere. */
const SourcePlace = z.union([Place, z.literal('begin'), z.literal('end')]);
export type SourcePlace = z.output<typeof SourcePlace>;

const Packed = z.tuple([Instant, SourcePlace, SourcePlace]);

/** A page of the merged list: when its first page was asked for, and where each source goes on. */
export type SearchCursor = { asOf: string; messages: SourcePlace; files: SourcePlace };

export function writeCursor({ asOf, messages, files }: SearchCursor): string {
  return Buffer.from(JSON.stringify([asOf, messages, files])).toString('base64url');
}

/** @throws AppError `validation_failed` for what no page of a search ended with */
export function readCursor(text: string): SearchCursor {
  const packed = Packed.safeParse(parse(Buffer.from(text, 'base64url').toString()));
  if (!packed.success) throw validationError([{ path: ['cursor'], message: 'is not one that a search gave out' }]);
  const [asOf, messages, files] = packed.data;
  return { asOf, messages, files };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
