import { hasInk } from '@atrium/contracts';
import { isPlain, parseMarkup, showsNothing } from '@atrium/markup';

type Tree = NonNullable<ReturnType<typeof parseMarkup>>;
type Node = Tree | Tree['children'][number];

/** What ends a line for a reader. */
const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'listItem',
  'code',
  'tableRow',
  'blockquote',
  'thematicBreak',
  'break',
]);

/**
 * A message as it is read, without its markup; of a link, also where it leads. What shows nothing is shown as written.
 * @returns the text, and whether it has a link that a reader can follow
 */
export function readable(body: string): { text: string; hasLink: boolean } {
  const tree = isPlain(body) ? undefined : parseMarkup(body);
  if (!tree || showsNothing(tree, hasInk)) return { text: body, hasLink: false };
  const text = textOf(tree)
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
  return { text, hasLink: holdsLink(tree) };
}

function textOf(node: Node): string {
  if (node.type === 'html' || node.type === 'definition') return 'value' in node ? node.value : '';
  const own = ownText(node);
  return BLOCKS.has(node.type) ? `${own}\n` : node.type === 'tableCell' ? `${own} ` : own;
}

function ownText(node: Node): string {
  if (node.type === 'image') return withAddress(node.alt ?? '', node.url);
  if ('value' in node) return node.value;
  const inner = 'children' in node ? node.children.map(textOf).join('') : '';
  return node.type === 'link' ? withAddress(inner, node.url) : inner;
}

/** A bare address is its own text. */
function withAddress(text: string, url: string): string {
  if (text === '') return url;
  return url.replace(/^(https?:\/\/|mailto:)/, '').startsWith(text.replace(/^https?:\/\//, '')) ? text : `${text} (${url})`;
}

function holdsLink(node: Node): boolean {
  if (node.type === 'link' || node.type === 'linkReference') return true;
  return 'children' in node && node.children.some(holdsLink);
}
