import type { Root, RootContent } from 'mdast';

/** Nodes that show something although they hold no text. */
const SHOWN: ReadonlySet<string> = new Set(['thematicBreak', 'footnoteReference']);

/**
 * Whether a tree leaves no mark on the page, as a definition or an empty link does. What was written is shown instead.
 * @param hasInk whether a text has a character that a reader sees
 */
export function showsNothing(tree: Root, hasInk: (text: string) => boolean): boolean {
  const shows = (node: Root | RootContent): boolean => {
    if (SHOWN.has(node.type)) return true;
    if (node.type === 'listItem' && typeof node.checked === 'boolean') return true;
    if (node.type === 'definition' || node.type === 'footnoteDefinition') return false;
    if (node.type === 'image') return hasInk(`${node.alt ?? ''}${node.url}`);
    if ('value' in node) return hasInk(node.value);
    return 'children' in node && node.children.some(shows);
  };
  return !shows(tree);
}
