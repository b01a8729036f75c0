import { namedInBody } from './mention-parsing.ts';

describe('namedInBody', () => {
  it('finds people, also at the end of a sentence and with dots in the name', () => {
    expect(namedInBody('@ada, ask @grace.h. Or (@linus)!').usernames).toEqual(expect.arrayContaining(['ada', 'grace.h', 'linus']));
  });

  it('keeps the words that call many apart from names', () => {
    expect(namedInBody('@room @here @moderators @ada')).toEqual({ usernames: ['ada'], room: true, here: true, moderators: true });
  });

  it.each(['mail ada@example.org', '`@ada`', '```\n@ada\n```', '> @ada said', 'no one at all', '@x', '@@ada'])(
    'names nobody in %j',
    (body) => {
      expect(namedInBody(body).usernames).toEqual([]);
    },
  );

  it('is quick with a body of backticks alone, of any lengths', () => {
    const runs = Array.from({ length: 140 }, (_, index) => '`'.repeat(141 - index)).join('.');
    const startedAt = performance.now();
    expect(namedInBody(`@ada ${'`'.repeat(10_000)}`).usernames).toEqual(['ada']);
    expect(namedInBody(`@ada ${runs}`).usernames).toEqual(['ada']);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });

  it('ends code with as many backticks as it began with', () => {
    expect(namedInBody('``code ` @ada`` @grace ` @linus').usernames).toEqual(['grace', 'linus']);
  });

  it('reads prose beside code', () => {
    expect(namedInBody('`@ada` but @grace\n```\n@linus\n```\n@ben').usernames).toEqual(['grace', 'ben']);
  });
});
