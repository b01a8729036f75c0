/** The place on this page that a link leads to; undefined when it leads elsewhere, or to what is no page. */
export function ownPlace(href: string | undefined, origin: string): string | undefined {
  if (!href || !URL.canParse(href, origin)) return undefined;
  const url = new URL(href, origin);
  if (url.origin !== origin || !/^\/rooms(\/|$)/.test(url.pathname)) return undefined;
  return url.pathname + url.search + url.hash;
}
