import { AppError } from '../errors.ts';
import { readSearch } from './read-search.ts';

const read = (q: string, parameters: Partial<Parameters<typeof readSearch>[0]> = {}) => readSearch({ q, ...parameters });
const refusal = (q: string, parameters: Partial<Parameters<typeof readSearch>[0]> = {}) => {
  try {
    return read(q, parameters);
  } catch (error) {
    return error instanceof AppError ? { code: error.code, ...error.data.errors?.[0] } : error;
  }
};
const room = '01890000-0000-7000-8000-000000000001';

describe('what is searched for', () => {
  it('is apart from operators, which may stand anywhere among words and phrases', () => {
    expect(read(`budget from:@ann "next quarter" HAS:link in:files before:2026-03-01 after:2025 mentions:me late`)).toEqual({
      words: ['budget', 'late'],
      phrases: ['next quarter'],
      from: ['ann'],
      roomIds: [],
      roomNames: [],
      kind: 'files',
      has: ['link'],
      before: '2026-03-01T00:00:00.000Z',
      after: '2025-01-01T00:00:00.000Z',
      mentionsMe: true,
    });
  });

  it.each([
    ['an address', 'https://example.org/a:b', { words: ['https://example.org/a:b'] }],
    ['a word that ends with a colon', 'todo: call', { words: ['todo:', 'call'] }],
    ['an operator of which a word only ends', 'unhas:x', { words: ['unhas:x'] }],
    ['a phrase that is still being typed', '"red fo', { phrases: ['red fo'] }],
    ['a phrase in curled quotes', '“red fox”', { phrases: ['red fox'] }],
    ['an operator inside of a phrase', '"from:ann"', { phrases: ['from:ann'] }],
    ['a name with a space', 'x from:"Ann Lee" in:"Design team"', { from: ['Ann Lee'], roomNames: ['Design team'] }],
    ['a room by its sign', 'x in:#design', { roomNames: ['design'] }],
    ['a room by its id', `x in:${room}`, { roomIds: [room] }],
    ['an instant with an offset', 'after:2026-01-01T02:00:00+02:00', { after: '2026-01-01T00:00:00.000Z' }],
    ['the narrower of two times', 'before:2026 before:2025', { before: '2025-01-01T00:00:00.000Z' }],
  ])('may be %s', (_what, q, expected) => {
    expect(read(q)).toMatchObject(expected);
  });

  it('takes parameters as it takes operators', () => {
    const parameters = {
      from: ['ann'],
      has: ['pin' as const],
      in: 'messages' as const,
      before: '2026-01-01',
      mentions: 'me' as const,
      roomId: room,
    };
    const { words, ...rest } = read('x from:ben', parameters);
    expect(words).toEqual(['x']);
    expect(rest).toMatchObject({ from: ['ann', 'ben'], has: ['pin'], kind: 'messages', roomIds: [room], mentionsMe: true });
  });

  it.each([
    ['has:elephants', {}, 'q', 'has: takes link, file, image, pin or reaction, not “elephants”'],
    ['has:', {}, 'q', 'has: takes'],
    ['from:', {}, 'q', 'from: needs a username'],
    ['in:', {}, 'q', 'in: needs messages, files or a room'],
    ['before:soon', {}, 'q', 'before: needs a day'],
    ['after:2026-02-30', {}, 'q', 'after: needs a day'],
    ['before:2026-13', {}, 'q', 'before: needs a day'],
    ['mentions:ben', {}, 'q', 'mentions: can only be mentions:me'],
    ['x in:files', { in: 'messages' as const }, 'q', 'in: names messages and files at once'],
    ['x', { before: 'soon' }, 'before', 'before: needs a day'],
    ['', {}, 'q', 'says nothing to search for'],
    ['""', {}, 'q', 'says nothing to search for'],
    ['', { roomId: room }, 'q', 'says nothing to search for in that room'],
  ])('is refused as it stands: %s %j', (q, parameters, path, message) => {
    expect(refusal(q, parameters)).toMatchObject({ code: 'validation_failed', path, message: expect.stringContaining(message) });
  });
});
