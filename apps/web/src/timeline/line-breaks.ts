/** What we need of the tree that the Markdown reader builds. */
type Node = { type: string; tagName?: string; value?: string; properties?: object; children?: Node[] };

const BLOCKS = new Set(['ul', 'ol', 'p', 'pre', 'blockquote', 'table', 'div', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li']);
const isInline = (node: Node | undefined): boolean => node !== undefined && !BLOCKS.has(node.tagName ?? '');

/**
 * Keeps the lines of list items as they were written, as paragraphs do by their style. Items have no paragraph of their
 * own where none is empty, and what stands between their blocks are line breaks that nobody wrote.
 */
export const lineBreaks =
  () =>
  (tree: unknown): void =>
    visit(tree as Node);

function visit(node: Node): void {
  node.children?.forEach(visit);
  if (node.tagName === 'li' && node.children) node.children = node.children.flatMap(broken);
}

function broken(node: Node, index: number, siblings: readonly Node[]): Node[] {
  if (node.type !== 'text' || !node.value?.includes('\n')) return [node];
  const written = node.value.trim() !== '' || (isInline(siblings[index - 1]) && isInline(siblings[index + 1]));
  if (!written) return [node];
  const lines = node.value.split('\n');
  return lines.flatMap((value, line): Node[] => [
    ...(line === 0 ? [] : [{ type: 'element', tagName: 'br', properties: {}, children: [] }]),
    ...(value === '' ? [] : [{ type: 'text', value }]),
  ]);
}
