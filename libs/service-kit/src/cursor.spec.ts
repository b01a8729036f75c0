import { z } from 'zod';
import { pageOf, readCursor, readIdCursor, writeCursor } from './cursor.ts';

const Place = z.tuple([z.int(), z.string().regex(/^[a-z.]+$/)]);

describe('a cursor', () => {
  it('comes back as it went out, and is none on the first page', () => {
    expect(readCursor(writeCursor([7, 'ann.b']), Place)).toEqual([7, 'ann.b']);
    expect(readCursor(undefined, Place)).toBeUndefined();
  });

  it.each([
    'nonsense',
    '',
    writeCursor(['7', 'x']),
    writeCursor([7]),
    writeCursor([7, 'a\u0000']),
    Buffer.from('{}').toString('base64url'),
  ])('is refused with its name where no page ended with it: %j', (cursor) => {
    expect(() => readCursor(cursor, Place)).toThrow(
      expect.objectContaining({ code: 'validation_failed', data: { errors: [expect.objectContaining({ path: 'cursor' })] } }),
    );
  });

  it('is refused with its name where it should be an id and is none', () => {
    const id = '01a21d8f-9c1e-7d11-8f6e-2d24f4369ba3';
    expect(readIdCursor(id)).toBe(id);
    expect(readIdCursor(undefined)).toBeUndefined();
    expect(() => readIdCursor('nonsense')).toThrow(
      expect.objectContaining({ code: 'validation_failed', data: { errors: [expect.objectContaining({ path: 'cursor' })] } }),
    );
  });

  it('leads from a page to the next, and nowhere from the last', () => {
    const rows = [1, 2, 3];
    expect(pageOf(rows, 2, (row) => [row])).toEqual({ rows: [1, 2], nextCursor: writeCursor([2]) });
    expect(pageOf(rows, 3, (row) => [row])).toEqual({ rows, nextCursor: null });
  });
});
