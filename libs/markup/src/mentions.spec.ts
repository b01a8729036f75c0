import { mentionAt } from './mention-grammar.ts';
import { markMentions, mentionsIn } from './mentions.ts';
import { parseMarkup } from './parse.ts';

const known = new Set(['ada', 'grace.h', 'linus', 'here', 'room', 'moderators']);
/** Who a body names, as one who resolves the candidates would say. */
const named = (body: string) => mentionsIn(body).flatMap((candidates) => candidates.find((name) => known.has(name)) ?? []);

/** What the page would mark. */
function marked(body: string): string[] {
  const tree = parseMarkup(body)!;
  markMentions(tree, (name) => known.has(name));
  return [...JSON.stringify(tree).matchAll(/"mention":"(.*?)"/g)].map(([, text]) => text!.slice(1).toLowerCase());
}

const naming: Record<string, [body: string, names: string[]][]> = {
  'in capitals': [
    ['thanks @ADA', ['ada']],
    ['Hi @Here and @ROOM', ['here', 'room']],
  ],
  'inside emphasis, headings, lists, tables and struck text': [
    ['_@ada_ __@ada__ **@ada** *thanks @ada* ~~@ada~~', ['ada', 'ada', 'ada', 'ada', 'ada']],
    ['_@here_', ['here']],
    ['_@ada without an end', ['ada']],
    ['# @ada\n- [ ] @linus\n\n| a |\n|---|\n| @room |', ['ada', 'linus', 'room']],
  ],
  'behind and before punctuation': [
    ['-@ada .@ada (@ada) "@ada" «@ada» —@ada, @ada: hello.@ada', Array(8).fill('ada')],
    ['@ada, @grace.h. Or @linus-- @ada!? @ada\u2019s', ['ada', 'grace.h', 'linus', 'ada', 'ada']],
    ['@ada/@linus and/@ada', ['ada', 'linus', 'ada']],
    ['@ada_ and @ada…', ['ada', 'ada']],
  ],
  'with the at sign of another keyboard': [['お願い ＠ada さん ﹫linus', ['ada', 'linus']]],
  'between characters of scripts without spaces': [['你好@ada请看 ขอบคุณ@linusครับ 안녕@ada님', ['ada', 'linus', 'ada']]],
  'beside code and quotes': [['`@ada` but @linus\n\n> @ada said\n\n@room', ['linus', 'room']]],
};

const silent: Record<string, string[]> = {
  'in addresses': [
    'ada@ada',
    'mail ada@example.org',
    'a.b+c@ada.example',
    'ünal@ada',
    'see https://social.example/@ada/109',
    'https://x.example/@here',
    'www.x.example/@ada',
    'social.example/@ada',
    '<https://blog.example/@ada>',
    '@ada@social.example',
    '/home/@ada',
    '[post](https://blog.example/@ada/why)',
  ],
  'in links': ['[@ada](https://x.example)', '[@ada][ref]\n\n[ref]: https://x.example', '![@ada](https://x.example/a.png)'],
  'in code': ['`@ada`', '``a ` @ada``', '```\n@ada\n```', '    @ada', '~~~\n@ada'],
  'in quotes, also their lazy lines and in lists': ['> @ada said', '> first line\n@ada continues', '- > @ada said', '1. > > @ada'],
  'in another name': ['@adalovelace', '@adaé', '@ada_lovelace', '@@ada', '@ada.lovelace', 'x_@ada'],
  'in HTML and definitions': ['<!-- @ada -->', '<div>\n@ada\n</div>', '[a]: https://x.example "@ada"'],
};

describe.each(Object.entries(naming))('a mention %s', (_kind, cases) => {
  it.each(cases)('names whom it says, for the server and on the page: %j', (body, names) => {
    expect(named(body)).toEqual(names);
    expect(marked(body)).toEqual(names);
  });
});

describe.each(Object.entries(silent))('a name %s', (_kind, bodies) => {
  it.each(bodies)('is no mention, for the server and on the page: %j', (body) => {
    expect(named(body)).toEqual([]);
    expect(marked(body)).toEqual([]);
  });
});

describe('the name that is meant', () => {
  it('is the longest that exists, so that a full stop may end a sentence or belong to a name', () => {
    expect(mentionsIn('@grace.h.')).toEqual([['grace.h.', 'grace.h']]);
    expect(mentionsIn('@ann._-')).toEqual([['ann._-', 'ann._', 'ann.', 'ann']]);
  });

  it('has between three and thirty-two characters', () => {
    expect(mentionsIn(`@ab @${'a'.repeat(33)} @${'a'.repeat(32)}.`)).toEqual([['a'.repeat(32)]]);
  });
});

describe('a text that would take too long to read as Markdown', () => {
  it('is read as written, for mentions too', () => {
    const deep = `${'> '.repeat(60)}@ada`;
    expect(parseMarkup(deep)).toBeUndefined();
    expect(named(deep)).toEqual(['ada']);
  });
});

describe('the mention being typed', () => {
  it.each([
    ['@', { query: '', from: 0 }],
    ['hi (@an', { query: 'an', from: 4 }],
    ['你好＠Jür', { query: 'Jür', from: 2 }],
    ['mail@an', undefined],
    ['@an ', undefined],
  ])('is found at the end of %j', (before, expected) => {
    expect(mentionAt(before)).toEqual(expected);
  });
});
