import { isCostly } from './cost.ts';
import { parseMarkup } from './parse.ts';
import { showsNothing } from './visible.ts';

const hasInk = (text: string) => /[^\s\u200b]/u.test(text);
const fill = (part: string, length = 9_900) => part.repeat(Math.ceil(length / part.length)).slice(0, length);

const indented = (levels: number) => Array.from({ length: levels }, (_, level) => `${'  '.repeat(level)}- a\n`).join('');

describe('a text made to be costly', () => {
  it.each([
    ['quotes in quotes', fill('> ')],
    ['a list in lists, many times', fill(`${'- '.repeat(39)}x\n`)],
    ['ordered lists in quotes', fill(`${'> 1. '.repeat(20)}x\n`)],
    ['an endless list of nothing', fill('- x\n')],
    ['underlined headings', fill('a\n=\n')],
    ['breaks', fill('-\n')],
    ['emphasis that never pairs', fill('a**b*c')],
    ['struck letters', fill('~a~')],
    ['a row of thousands of cells', `${fill('|a')}\n${fill('|-')}\n`],
    ['references', `[a]: b\n${fill('[a]')}`],
    ['footnotes', fill('[^a]: b\n')],
    ['footnotes in footnotes', fill('[^a]:\n    ')],
    ['footnotes in a footnote in one line', fill('[^a]: ')],
    ['empty lines in a footnote', fill('[^a]: a\n\n    ')],
    ['lines that go on in a footnote', `[^a]: x\n${fill('a\n')}`],
    ['lines that go on in a quote', `> x\n${fill('a\n')}`],
    ['empty lines in lists of lists', `${indented(30)}${fill('\n', 8_000)}`],
    ['brackets that close what never opened', fill('](b)')],
    ['an address that ends in thousands of entities', `http://a/${fill('&a;')}`],
    ['pictures in pictures', `${'!['.repeat(999)}a${'](b)'.repeat(999)}`],
    ['links in links', `${'['.repeat(900)}a${'](b)'.repeat(900)}`],
    ['emphasis in emphasis', `${fill('*', 4800)}a${fill('*', 4800)}`],
    ['lines that go on in quotes of quotes', `${'>'.repeat(39)}a\n${fill('b\n')}`],
    ['lines that go on in lists of lists', `${indented(39)}${fill('b\n', 8_000)}`],
    ['rows without cells in a table of many columns', `${fill('|a', 900)}\n${fill('|-', 900)}\n${fill('|\n', 4_000)}`],
  ])('is not read: %s', (_kind, text) => {
    expect(isCostly(text)).toBe(true);
    expect(parseMarkup(text)).toBeUndefined();
  });

  it.each([
    ['prose', fill('The keeper of the light **walks** up at dusk, and `counts` the steps.\n')],
    ['a long list', fill('- the keeper walks up at dusk\n')],
    ['a log with brackets', fill('[2026-01-15 10:00:00] INFO started\n')],
    ['a list in lists in lists', fill(`${indented(8)}and on\n\n`, 6000)],
    ['a quoted letter', `> ${fill('so it went on\n')}`],
    ['footnotes of a page', fill('[^12]: The keeper of the light walks up at dusk, and counts the steps that lead to the lamp.\n', 9_000)],
    ['an address with many parameters', `https://a.example/?${fill('a=b&c=d;&', 3_000)}`],
    ['snake case', fill('some_name_of_a_thing ')],
    ['a table', `| a | b |\n|---|---|\n${fill('| 1 | 2 |\n', 4000)}`],
  ])('is not mistaken for writing of full length: %s', (_kind, text) => {
    expect(isCostly(text)).toBe(false);
    expect(parseMarkup(text)?.children.length).toBeGreaterThan(0);
  });
});

describe('a body that renders to nothing', () => {
  it.each(['[a]: https://x.example', '[](https://x.example)', '#', '> ', '&#8203;', '[^1]: note'])('is found: %j', (body) => {
    expect(showsNothing(parseMarkup(body)!, hasInk)).toBe(true);
  });

  it.each(['a', '`a`', '---', '- [ ] ', '![](https://x.example/a.png)', '<b>', '```\na\n```', '| a |\n|---|'])(
    'is not one like %j',
    (body) => {
      expect(showsNothing(parseMarkup(body)!, hasInk)).toBe(false);
    },
  );
});
