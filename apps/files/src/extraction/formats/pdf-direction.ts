/** Numbers run from the left in these scripts too, whatever their digits. */
const RTL = /(?!\p{N})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const ARABIC = /\p{Script=Arabic}/u;
const STRONG_LTR = /[\p{L}\p{N}]/u;
const AFTER_NUMBER = /^[%\u2030\u066a\u00b0]/;

type Direction = 'rtl' | 'ltr' | 'neutral';

function directionOf(piece: string): Direction {
  if (RTL.test(piece)) return 'rtl';
  return STRONG_LTR.test(piece) ? 'ltr' : 'neutral';
}

/** From the order on paper to the order in which people read: lines of Arabic and Hebrew run from the right. */
export function inReadingOrder(drawn: string[]): string {
  const letters = drawn.join('');
  if (!RTL.test(letters)) return letters;
  const isRtl = (letters.match(new RegExp(RTL, 'gu'))?.length ?? 0) * 2 >= (letters.match(/\p{L}/gu)?.length ?? 0);
  const base: Direction = isRtl ? 'rtl' : 'ltr';
  const pieces = isRtl ? drawn.flatMap(withoutStops) : drawn;
  const directions = pieces.map(directionOf);
  // Marks between two pieces of one direction go with them, others with the line.
  const resolved = directions.map((direction, i) => {
    if (direction !== 'neutral') return direction;
    const left = directions.slice(0, i).findLast((other) => other !== 'neutral') ?? base;
    const right = directions.slice(i).find((other) => other !== 'neutral') ?? base;
    // Where Arabic is written, a hyphen parts two numbers: the first of them stands on the right.
    if (/^[-\u2010-\u2013]$/.test(pieces[i]!) && ARABIC.test(letters)) return base;
    if (isRtl && right === 'rtl' && AFTER_NUMBER.test(pieces[i]!) && /\p{N}$/u.test(pieces[i - 1] ?? '')) return 'ltr';
    return left === right ? left : base;
  });
  const spans: { direction: Direction; pieces: string[] }[] = [];
  pieces.forEach((piece, i) => {
    const open = spans.at(-1);
    if (open && open.direction === resolved[i]) open.pieces.push(piece);
    else spans.push({ direction: resolved[i]!, pieces: [piece] });
  });
  const order = (turn: (piece: string) => string) => {
    const read = spans.map((span) => (span.direction === 'rtl' ? span.pieces.toReversed().map(turn) : span.pieces).join(''));
    return (isRtl ? read.toReversed() : read).join('');
  };
  // Some programs name a bracket by its looks, others by its meaning: in one of both ways the brackets open and close.
  const byLooks = order(mirrored);
  return closesFirst(byLooks) ? order((piece) => piece) : byLooks;
}

/** What ends a sentence stands to the left of its last word, be that a number or a foreign word. */
const withoutStops = (piece: string): string[] => {
  const stops = directionOf(piece) === 'ltr' ? /^[.,:;!?\u060c\u061b\u061f]+(?=[\p{L}\p{N}])/u.exec(piece)?.[0] : undefined;
  return stops === undefined ? [piece] : [stops, piece.slice(stops.length)];
};

function closesFirst(text: string): boolean {
  const brackets = text.replace(/[^()[\]{}]/g, '').replace(/\(\)|\[\]|\{\}/g, '');
  return /^[)\]}].*[([{]/.test(brackets);
}

const MIRRORED: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};
const mirrored = (piece: string) => (piece.length === 1 ? (MIRRORED[piece] ?? piece) : piece);
