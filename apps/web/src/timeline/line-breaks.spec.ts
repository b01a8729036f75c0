import { lineBreaks } from './line-breaks.ts';

const text = (value: string) => ({ type: 'text', value });
const element = (tagName: string, ...children: object[]) => ({ type: 'element', tagName, properties: {}, children });
/** The tree in short: words, and the names of elements around what they hold. */
function short(node: { type: string; tagName?: string; value?: string; children?: never[] }): string {
  if (node.type === 'text') return JSON.stringify(node.value);
  const inside = (node.children ?? []).map(short).join(' ');
  return node.tagName ? `<${node.tagName}>${inside}` : inside;
}
const shown = (...children: object[]) => {
  const tree = { type: 'root', children: [element('ul', element('li', ...children))] };
  lineBreaks()(tree);
  return short(tree as never).replace('<ul><li>', '');
};

describe('The lines of a list item', () => {
  it.each([
    ['stay lines', [element('strong', text('Failed')), text(':\none\ntwo')], '<strong>"Failed" ":" <br> "one" <br> "two"'],
    ['stay lines between links', [element('a', text('x')), text('\n'), element('a', text('y'))], '<a>"x" <br> <a>"y"'],
    ['have none where only its blocks are set apart', [text('a'), text('\n'), element('ul'), text('\n')], '"a" "\\n" <ul> "\\n"'],
    ['are left to its paragraphs where it has some', [text('\n'), element('p', text('a\nb')), text('\n')], '"\\n" <p>"a\\nb" "\\n"'],
  ])('%s', (_what, children, expected) => expect(shown(...children)).toBe(expected));
});
