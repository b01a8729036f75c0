/**
 * Offsets in the product count code points, JavaScript counts UTF-16 units. Text without astral characters needs no
 * translation, which is nearly all text, so that case costs nothing.
 */
export class CodePointIndex {
  /** UTF-16 positions of the second halves of surrogate pairs, ascending. */
  private readonly pairs: number[] = [];

  constructor(text: string) {
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < text.length) {
        this.pairs.push(i + 1);
        i += 1;
      }
    }
  }

  /** The code point offset of a UTF-16 index that stands on a character border. */
  toCodePoint(index: number): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle]! < index) low = middle + 1;
      else high = middle;
    }
    return index - low;
  }
}

export function countCodePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      pairs += 1;
      i += 1;
    }
  }
  return text.length - pairs;
}

/** `text[start:end]` in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const from = unitIndex(text, 0, start);
  return text.slice(from, unitIndex(text, from, end - start));
}

/** The UTF-16 index that lies `count` code points after `from`. */
function unitIndex(text: string, from: number, count: number): number {
  let index = from;
  for (let left = count; left > 0 && index < text.length; left -= 1) {
    const unit = text.charCodeAt(index);
    index += unit >= 0xd800 && unit <= 0xdbff && index + 1 < text.length ? 2 : 1;
  }
  return index;
}
