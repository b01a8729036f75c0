import { namedInBody } from './mention-parsing.ts';

describe('namedInBody', () => {
  it('finds people, also at the end of a sentence and with dots in the name', () => {
    expect(namedInBody('@ada, ask @grace.h. Or (@linus)!').usernames).toEqual(expect.arrayContaining(['ada', 'grace.h', 'linus']));
  });

  it('keeps the words that call many apart from names', () => {
    expect(namedInBody('@room @here @moderators @ada')).toEqual({ usernames: ['ada'], room: true, here: true, moderators: true });
  });

  it.each(['mail ada@example.org', '`@ada`', '```\n@ada\n```', '> @ada said', 'no one at all', '@x', '@@ada'])('names nobody in %j', (body) => {
    expect(namedInBody(body).usernames).toEqual([]);
  });

  it('reads prose beside code', () => {
    expect(namedInBody('`@ada` but @grace\n```\n@linus\n```\n@ben').usernames).toEqual(['grace', 'ben']);
  });
});
