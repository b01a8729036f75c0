import { type MarkupNode, type MarkupTree, parseMarkup } from '@atrium/markup';
import { attachmentLayout } from './attachment-layout.ts';

/** The tree in short: words, and what it holds with its data around them. */
function short(node: MarkupNode | MarkupTree): string {
  if ('value' in node) return JSON.stringify(node.value);
  const told = Object.entries(node.data ?? {}).map(([name, it]) => ` ${name}=${it}`);
  const inside = 'children' in node ? node.children.map(short).join(' ') : '';
  return ['root', 'paragraph'].includes(node.type) ? inside : `<${node.type}${told.join('')}>(${inside})`;
}
const shown = (text: string): string => {
  const tree = parseMarkup(text)!;
  attachmentLayout(tree);
  return short(tree);
};

describe('What a program posted', () => {
  it.each([
    ['in the words of its title', '> 🔴 **Down**', '<blockquote colour=red>(<strong>("Down"))'],
    ['in a heading', '> ### 🟢 Up again', '<blockquote colour=green>(<heading>("Up again"))'],
    ['alone before its fields', '> 🟡\n>\n> - one', '<blockquote colour=yellow>(<list>(<listItem>("one")))'],
  ])('has its colour at its side where the sign stands %s', (_where, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('has no colour where the sign stands later', () => {
    expect(shown('> said 🔴')).toBe('<blockquote>("said 🔴")');
  });

  it('has names with short values in columns, and longer ones across them', () => {
    const long = 'x'.repeat(40);
    expect(shown(`- **Host**: db-1\n- **Team:** ops\n- **What**: ${long}`)).toBe(
      `<list fields=true>(<listItem>(<strong>("Host") "db-1") <listItem>(<strong>("Team:") " ops") <listItem wide=true>(<strong>("What") "${long}"))`,
    );
  });

  it('has a value of several lines right below its name', () => {
    expect(shown('- **Tags**:\\\n  one\\\n  two')).toBe('<list fields=true>(<listItem wide=true>(<strong>("Tags") "one" <break>() "two"))');
  });

  it.each(['- **Host**: db-1\n- restarted', '1. **Host**: db-1', '- **Host**: db-1\n\n- **Team**: ops'])(
    'keeps another list as it is: %j',
    (text) => {
      expect(shown(text)).not.toMatch(/fields|wide/);
    },
  );
});
