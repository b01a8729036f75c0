import { markMentions } from './mark-mentions.ts';
import { isPlain } from './plain-text.ts';

const element = (tagName: string, ...children: object[]) => ({ type: 'element', tagName, properties: {}, children });
const text = (value: string) => ({ type: 'text', value });
const marked = (...children: object[]) => {
  const root = { type: 'root', children };
  markMentions()(root);
  return root.children;
};

describe('markMentions', () => {
  it('marks names in words', () => {
    expect(marked(element('p', text('hi @ben.k, and @room')))).toEqual([
      element('p', text('hi '), element('mark', text('@ben.k')), text(', and '), element('mark', text('@room'))),
    ]);
  });

  it.each(['code', 'a', 'blockquote'])('leaves names in <%s> alone', (tagName) => {
    const tree = element(tagName, text('@ben'));
    expect(marked(tree)).toEqual([tree]);
  });

  it('does not take an e-mail address for a mention', () => {
    expect(marked(element('p', text('ben@example.org')))).toEqual([element('p', text('ben@example.org'))]);
  });
});

describe('isPlain', () => {
  it.each(['Good morning', 'It costs 4.50 (about)', 'two\nlines'])('reads %j as it is', (value) => expect(isPlain(value)).toBe(true));
  it.each(['*a*', '- item', '1. item', '`x`', '@ben', 'https://x.org', '# head', 'a\n\nb', '> quote'])(
    'sends %j to the Markdown reader',
    (value) => expect(isPlain(value)).toBe(false),
  );
});
