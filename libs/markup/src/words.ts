import type { Root, RootContent } from 'mdast';
import { parseMarkup } from './parse.ts';
import { isPlain } from './plain.ts';
import { showsNothing } from './visible.ts';

/** Nodes that stand in a line of text; all others begin a line of their own. */
const INLINE: ReadonlySet<string> = new Set([
  'text',
  'inlineCode',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'footnoteReference',
]);
const HIDDEN: ReadonlySet<string> = new Set(['definition', 'footnoteDefinition']);

/** What a reader of the page reads of a tree, without its markup; blocks and line breaks are set apart by a space. */
export function wordsOf(tree: Root): string {
  const read = (node: Root | RootContent): string => {
    if (HIDDEN.has(node.type)) return '';
    if (node.type === 'break') return ' ';
    if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
    const inside = 'value' in node ? node.value : 'children' in node ? node.children.map(read).join('') : '';
    return INLINE.has(node.type) ? inside : ` ${inside} `;
  };
  return read(tree).replace(/\s+/g, ' ').trim();
}

/**
 * The words of a message as the page shows them, without its markup, for a line that tells what it says. One that shows
 * nothing, or is too costly to read, is told as it was written.
 * @param hasInk whether a text has a character that a reader sees
 */
export function wordsOfMessage(body: string, hasInk: (text: string) => boolean): string {
  const tree = isPlain(body) ? undefined : parseMarkup(body);
  return !tree || showsNothing(tree, hasInk) ? body : wordsOf(tree);
}
