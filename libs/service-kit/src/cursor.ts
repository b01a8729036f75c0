import { Id, validationError, type AppError } from '@atrium/contracts';
import type { z } from 'zod';

/** Writes where a list goes on, as the values that it is ordered by, into a cursor that means nothing to clients: JSON in base64url. */
export function writeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * Reads what `writeCursor` wrote.
 * @param place the schema of the values
 * @returns undefined for the first page, which has no cursor
 * @throws AppError `validation_failed`, naming `cursor`, for what no page of the list ended with
 */
export function readCursor<T extends z.ZodType>(cursor: string | undefined, place: T): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  const read = place.safeParse(parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success) throw wrongCursor();
  return read.data;
}

/**
 * Reads the cursor of a list that goes on after the id of its last row.
 * @returns undefined for the first page, which has no cursor
 * @throws AppError `validation_failed`, naming `cursor`, for what is no id
 */
export function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !Id.safeParse(cursor).success) throw wrongCursor();
  return cursor;
}

/** What a list answers to a cursor that it did not give out: `validation_failed`, naming `cursor`. */
export const wrongCursor = (): AppError => validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);

/** Cuts the row that was read beyond the page, and says where the next page starts; null at the end of the list. */
export function pageOf<T>(rows: T[], limit: number, placeOf: (row: T) => readonly unknown[]): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? writeCursor(placeOf(last)) : null };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
