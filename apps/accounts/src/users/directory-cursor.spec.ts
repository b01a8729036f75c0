import { decodeDirectoryCursor, encodeDirectoryCursor } from './directory-cursor.ts';

describe('a directory cursor', () => {
  it('comes back as it went out', () => {
    const position = { rank: 1, username: 'ann.b-c_d' };
    expect(decodeDirectoryCursor(encodeDirectoryCursor(position))).toEqual(position);
  });

  it.each([
    'nonsense',
    '',
    Buffer.from('[3,"x"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,"a\\u0000"]').toString('base64url'),
  ])('is refused as %p', (cursor) => {
    expect(() => decodeDirectoryCursor(cursor)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
