import { AppError, Username } from '@atrium/contracts';
import { z } from 'zod';

const Position = z.tuple([z.int().min(0).max(2), Username]);

/** Where a page of the directory ended. */
export type DirectoryPosition = { rank: number; username: string };

export const encodeDirectoryCursor = ({ rank, username }: DirectoryPosition): string =>
  Buffer.from(JSON.stringify([rank, username])).toString('base64url');

export function decodeDirectoryCursor(cursor: string): DirectoryPosition {
  const parsed = Position.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw invalidCursor();
  const [rank, username] = parsed.data;
  return { rank, username };
}

export const invalidCursor = (): AppError =>
  new AppError('validation_failed', 'cursor: is not one this list gave out', {
    errors: [{ path: 'cursor', message: 'is not one this list gave out' }],
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
