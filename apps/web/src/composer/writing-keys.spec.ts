import { formatOf } from '../writing/writing-keys.ts';

const aKey = (key: string, held: object = {}) => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  ctrlKey: true,
  metaKey: false,
  ...held,
});

describe('the format that a key asks for', () => {
  it.each([
    [aKey('b'), 'bold'],
    [aKey('i'), 'italic'],
    [aKey('e'), 'code'],
    [aKey('X', { shiftKey: true }), 'strike'],
    [aKey('и', { code: 'KeyB' }), 'bold'],
  ])('%j is known', (key, format) => expect(formatOf(key)).toBe(format));

  it.each([
    aKey('b', { ctrlKey: false }),
    aKey('x'),
    aKey('B', { shiftKey: true }),
    // AltGr is both.
    aKey('e', { altKey: true }),
    aKey('k'),
  ])('%j is none', (key) => expect(formatOf(key)).toBeUndefined());
});
