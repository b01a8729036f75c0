/** A slice by code points: citations count them, JavaScript counts UTF-16 units. */
export type TextPart = { text: string; marked: boolean };

/** Cuts a page's text around a passage given in code points. */
export function cutAround(text: string, start: number, end: number): TextPart[] {
  const from = unitOffset(text, start, 0, 0);
  const to = unitOffset(text, end, from, start);
  return [
    { text: text.slice(0, from), marked: false },
    { text: text.slice(from, to), marked: true },
    { text: text.slice(to), marked: false },
  ].filter((part) => part.text !== '');
}

/** Where a code point begins, counted on from a place that is known. */
function unitOffset(text: string, codePoint: number, unit: number, counted: number): number {
  let offset = unit;
  for (let left = codePoint - counted; left > 0 && offset < text.length; left -= 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
