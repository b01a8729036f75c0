import { AppError } from '@atrium/contracts';
import { z } from 'zod';

/** Writes the place of a list's last row as an opaque cursor. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads what `writeCursor` wrote. Throws `validation_failed` on anything else. */
export function readCursor<T extends z.ZodType>(cursor: string | undefined, place: T): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    const message = 'must be a cursor that a former page returned';
    throw new AppError('validation_failed', `cursor: ${message}`, { errors: [{ path: 'cursor', message }] }, { cause });
  }
}

/** Cuts the row that was read beyond the page and says where the next page starts. */
export function pageOf<T>(rows: T[], limit: number, placeOf: (row: T) => (string | number)[]): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? writeCursor(placeOf(last)) : null };
}
