import { create } from 'content-disposition';
import { parse } from 'range-parser';

/** The bytes `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

const UNSATISFIABLE = 2;

/**
 * The one range a `Range` header asks for. Several ranges, or another unit, are answered with the whole (RFC 9110
 * allows it); a range outside the file is `unsatisfiable`.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  if (header === undefined) return 'whole';
  const { code, type, ranges } = parse(size, header);
  if (type !== 'bytes') return 'whole';
  if (code === UNSATISFIABLE && ranges.length === 0) return 'unsatisfiable';
  return code === 0 && ranges.length === 1 ? ranges[0]! : 'whole';
}

/** Whether a list of entity tags, as `If-None-Match` carries it, names this one. */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** How a file is handed out, and under which name: an ASCII one for old clients beside the real one, if that is not. */
export function contentDisposition(type: 'attachment' | 'inline', name: string): string {
  return create(name.toWellFormed(), { type });
}
