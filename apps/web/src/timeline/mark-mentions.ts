/** What we need of the tree that the Markdown reader builds. */
type Text = { type: 'text'; value: string };
type Element = { type: 'element'; tagName: string; properties: Record<string, unknown>; children: Node[] };
type Root = { type: 'root'; children: Node[] };
type Node = Text | Element | Root | { type: string };

const MENTION = /(?<![\w@])@[a-z0-9_.-]{2,32}\b/gi;
/** A name in code, in a link or in a quote is not a mention. */
const SILENT = new Set(['code', 'pre', 'a', 'blockquote']);

/** Makes mentions stand out. Who is really notified is the server's to say. */
export const markMentions =
  () =>
  (tree: unknown): void =>
    mark(tree as Root);

function mark(parent: Root | Element): void {
  parent.children = parent.children.flatMap((child): Node[] => {
    if (child.type === 'text') return split((child as Text).value);
    if (child.type === 'element' && !SILENT.has((child as Element).tagName)) mark(child as Element);
    return [child];
  });
}

function split(value: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of value.matchAll(MENTION)) {
    if (match.index > end) nodes.push({ type: 'text', value: value.slice(end, match.index) });
    nodes.push({ type: 'element', tagName: 'mark', properties: {}, children: [{ type: 'text', value: match[0] }] });
    end = match.index + match[0].length;
  }
  if (end < value.length) nodes.push({ type: 'text', value: value.slice(end) });
  return nodes;
}
