import { attachmentLayout } from './attachment-layout.ts';

type Node = { type: string; tagName?: string; value?: string; properties?: object; children?: Node[] };
const text = (value: string): Node => ({ type: 'text', value });
const element = (tagName: string, ...children: Node[]): Node => ({ type: 'element', tagName, properties: {}, children });
/** The tree in short: words, and the names of elements with their properties around what they hold. */
function short({ type, tagName, value, properties, children = [] }: Node): string {
  if (type === 'text') return value!.trim() && JSON.stringify(value);
  const told = Object.entries(properties ?? {}).map(([name, it]) => ` ${name}=${it}`);
  const inside = children.map(short).filter(Boolean).join(' ');
  return tagName ? `<${tagName}${told.join('')}>(${inside})` : inside;
}
const shown = (...children: Node[]): string => {
  const tree = { type: 'root', children };
  attachmentLayout()(tree);
  return short(tree);
};
const field = (name: string, ...value: Node[]): Node => element('li', element('strong', text(name)), ...value);

describe('What a program posted', () => {
  it.each([
    [
      'in the words of its title',
      [text('\n'), element('p', text('🔴 '), element('strong', text('Down')))],
      '<blockquote dataColour=red>(<p>(<strong>("Down")))',
    ],
    ['in a heading', [element('h3', text('🟢 Up again'))], '<blockquote dataColour=green>(<h3>("Up again"))'],
    ['alone before its fields', [element('p', text('🟡')), element('ul')], '<blockquote dataColour=yellow>(<ul>())'],
  ])('has its colour at its side where the sign stands %s', (_where, children, expected) => {
    expect(shown(element('blockquote', ...children))).toBe(expected);
  });

  it('has no colour where the sign stands later', () => {
    expect(shown(element('blockquote', element('p', text('said 🔴'))))).toBe('<blockquote>(<p>("said 🔴"))');
  });

  it('has names with short values in columns, and longer ones across them', () => {
    const long = 'x'.repeat(40);
    const list = element('ul', text('\n'), field('Host', text(': db-1')), field('Team:', text(' ops')), field('What', text(`: ${long}`)));
    expect(shown(list)).toBe(
      `<ul dataFields=true>(<li>(<strong>("Host") "db-1") <li>(<strong>("Team:") " ops") <li dataWide=true>(<strong>("What") "${long}"))`,
    );
  });

  it('has a value of several lines right below its name', () => {
    const list = element('ul', field('Tags', text(':'), element('br'), text('one'), element('br'), text('two')));
    expect(shown(list)).toBe('<ul dataFields=true>(<li dataWide=true>(<strong>("Tags") "one" <br>() "two"))');
  });

  it('keeps other lists as they are', () => {
    const list = element('ul', field('Host', text(': db-1')), element('li', text('restarted')));
    expect(shown(list)).not.toContain('data');
  });
});
