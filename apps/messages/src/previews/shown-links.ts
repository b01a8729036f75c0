import { parseMarkup } from '@atrium/markup';

type Tree = NonNullable<ReturnType<typeof parseMarkup>>;
type Node = Tree | Tree['children'][number];

const MOST = 3;
const LONGEST = 2000;
/** Places of a chat like this one: whoever may see them is shown them by the page. */
const OWN_PLACE = /^\/(rooms|invite)\/[\w-]{16,}/;

/** Whether a text may link to a page, told at a glance. */
export const mayLink = (body: string): boolean => /https?:\/\/|www\./i.test(body);

/** The pages that a message shows: what it links to outside of quotes, each once. `<https://…>` says that it should not be shown. */
export function shownLinks(body: string): string[] {
  if (!mayLink(body)) return [];
  const tree = parseMarkup(body);
  return tree ? [...new Set(linksIn(tree, body))].slice(0, MOST) : [];
}

function linksIn(node: Node, body: string): string[] {
  if (node.type === 'blockquote') return [];
  if (node.type === 'link') return body[node.position?.start.offset ?? 0] !== '<' && isPage(node.url) ? [new URL(node.url).href] : [];
  return 'children' in node ? node.children.flatMap((child) => linksIn(child, body)) : [];
}

function isPage(address: string): boolean {
  if (address.length > LONGEST || !URL.canParse(address)) return false;
  const { protocol, username, password, pathname } = new URL(address);
  return /^https?:$/.test(protocol) && username + password === '' && !OWN_PLACE.test(pathname);
}
