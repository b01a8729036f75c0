/** A page of a format that has none: what fits a screen or two, so that a citation can open its passage. */
export const READABLE_PAGE_CHARS = 3000;

/** Cuts tidy text into pages at paragraph borders, else at lines, else at sentences, else where it must. */
export function paginate(text: string, maxChars = READABLE_PAGE_CHARS): string[] {
  const pages: string[] = [];
  let rest = text.trim();
  while (rest.length > maxChars) {
    const cut = cutPosition(rest, maxChars);
    pages.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  if (rest !== '') pages.push(rest);
  return pages;
}

function cutPosition(text: string, maxChars: number): number {
  const window = text.slice(0, maxChars);
  // A border in the first third would leave a page that is nearly empty.
  const earliest = maxChars / 3;
  for (const border of ['\n\n', '\n']) {
    const at = window.lastIndexOf(border);
    if (at > earliest) return at;
  }
  const sentence = Math.max(...[...window.matchAll(/[.!?…]\s|[。！？]/gu)].map((m) => m.index + m[0].length), 0);
  if (sentence > earliest) return sentence;
  const blank = window.lastIndexOf(' ');
  if (blank > earliest) return blank;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(maxChars - 1));
  return splitsPair ? maxChars - 1 : maxChars;
}
