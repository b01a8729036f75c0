import { COLOUR_SIGNS } from '@atrium/contracts';
import type { MarkupNode, MarkupTree } from '@atrium/markup';

declare module 'mdast' {
  interface BlockquoteData {
    colour?: string;
  }
  interface ListData {
    fields?: boolean;
  }
  interface ListItemData {
    wide?: boolean;
  }
}

type NodeOf<Type extends MarkupNode['type']> = Extract<MarkupNode, { type: Type }>;

/** A value longer than this, or of several lines, has a line of its own. */
const NARROW = 36;

/**
 * Sets what a program posted as Slack would, in the tree that was read: the sign of a colour that begins a quote becomes
 * the colour of its side, and a list of names with their values stands in columns.
 */
export function attachmentLayout(node: MarkupTree | MarkupNode): void {
  if (node.type === 'blockquote') takeColour(node);
  if (node.type === 'list' && !node.ordered) takeFields(node);
  if ('children' in node) node.children.forEach(attachmentLayout);
}

function takeColour(quote: NodeOf<'blockquote'>): void {
  const path: MarkupNode[] = [];
  for (let at: MarkupNode | undefined = quote.children.find(hasContent); at; at = childrenOf(at).find(hasContent)) path.push(at);
  const first = path.at(-1);
  if (first?.type !== 'text') return;
  const sign = COLOUR_SIGNS.find((one) => first.value.startsWith(one.sign));
  if (!sign) return;
  quote.data = { ...quote.data, colour: sign.colour };
  first.value = first.value.slice(sign.sign.length).trimStart();
  // What held nothing but the sign is left out.
  for (let at = path.length - 1; at >= 0 && !hasContent(path[at]!); at -= 1) {
    const parent = at === 0 ? quote : (path[at - 1] as NodeOf<'paragraph'>);
    parent.children = parent.children.filter((child) => child !== path[at]) as never;
  }
}

const childrenOf = (node: MarkupNode): readonly MarkupNode[] => ('children' in node ? node.children : []);

const hasContent = (node: MarkupNode): boolean => {
  if ('value' in node) return node.value.trim() !== '';
  return childrenOf(node).length > 0 || node.type === 'thematicBreak';
};

function takeFields(list: NodeOf<'list'>): void {
  if (list.children.length === 0 || list.spread || !list.children.every(isNamed)) return;
  list.data = { ...list.data, fields: true };
  for (const item of list.children) {
    const [line, ...blocks] = item.children as [NodeOf<'paragraph'>, ...typeof item.children];
    const [name, ...value] = line.children;
    if (value[0]?.type === 'text') value[0].value = value[0].value.replace(/^:\s*/, '');
    // The name is a line by itself: nothing is to be seen between it and its value.
    while (value[0] && textOf(value[0]).trim() === '') value.shift();
    line.children = [name!, ...value];
    const told = value.map(textOf).join('');
    if (blocks.length > 0 || told.length > NARROW || told.includes('\n')) item.data = { ...item.data, wide: true };
  }
}

/** A name in bold before a colon, or with one at its end. */
function isNamed({ spread, children: [line] }: NodeOf<'listItem'>): boolean {
  if (spread || line?.type !== 'paragraph') return false;
  const [name, value] = line.children;
  return name?.type === 'strong' && (/[:：]$/.test(textOf(name)) || (value?.type === 'text' && value.value.startsWith(':')));
}

const textOf = (node: MarkupNode): string =>
  node.type === 'break' ? '\n' : 'value' in node ? node.value : childrenOf(node).map(textOf).join('');
