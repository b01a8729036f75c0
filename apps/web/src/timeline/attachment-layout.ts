import { COLOUR_SIGNS } from '@atrium/contracts';

/** What we need of the tree that the Markdown reader builds. */
type Node = { type: string; tagName?: string; value?: string; properties?: Record<string, unknown>; children?: Node[] };

/** A value longer than this, or of several lines, has a line of its own. */
const NARROW = 36;

/**
 * Sets what a program posted as Slack would: the sign of a colour that begins a quote becomes the colour of its side, and
 * a list of names with their values stands in columns.
 */
export const attachmentLayout =
  () =>
  (tree: unknown): void =>
    visit(tree as Node);

function visit(node: Node): void {
  if (node.tagName === 'blockquote') takeColour(node);
  if (node.tagName === 'ul') takeFields(node);
  node.children?.forEach(visit);
}

function takeColour(quote: Node): void {
  const path = [quote];
  for (let at: Node | undefined = quote; at; at = at.children?.find(hasContent)) if (at !== quote) path.push(at);
  const first = path.at(-1)!;
  const sign = COLOUR_SIGNS.find((one) => first.value?.startsWith(one.sign));
  if (!sign) return;
  quote.properties = { ...quote.properties, dataColour: sign.colour };
  first.value = first.value!.slice(sign.sign.length).trimStart();
  // What held nothing but the sign is left out.
  for (let at = path.length - 1; at > 0 && !hasContent(path[at]!); at--) {
    const parent = path[at - 1]!;
    parent.children = parent.children!.filter((child) => child !== path[at]);
  }
}

const hasContent = (node: Node): boolean => {
  if (node.type === 'text') return node.value!.trim() !== '';
  return node.type === 'element' && ((node.children?.length ?? 0) > 0 || node.tagName === 'hr');
};

function takeFields(list: Node): void {
  const items = list.children?.filter(({ tagName }) => tagName === 'li') ?? [];
  if (items.length === 0 || !items.every(isNamed)) return;
  list.properties = { ...list.properties, dataFields: true };
  for (const item of items) {
    const [name, ...value] = item.children!;
    if (value[0]?.type === 'text') value[0].value = value[0].value!.replace(/^:\s*/, '');
    // The name is a line by itself: nothing is to be seen between it and its value.
    while (value[0] && textOf(value[0]).trim() === '') value.shift();
    item.children = [name!, ...value];
    const told = value.map(textOf).join('');
    if (told.length > NARROW || told.includes('\n')) item.properties = { ...item.properties, dataWide: true };
  }
}

/** A name in bold before a colon, or with one at its end. */
const isNamed = ({ children: [name, value] = [] }: Node): boolean =>
  name?.tagName === 'strong' && (/[:：]$/.test(textOf(name)) || Boolean(value?.value?.startsWith(':')));

const textOf = (node: Node): string =>
  node.tagName === 'br' ? '\n' : node.type === 'text' ? node.value! : (node.children ?? []).map(textOf).join('');
