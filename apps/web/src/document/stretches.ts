/** A letter of a text, and the piece of it that it was written with. */
type Letter = { letter: string; run: number; start: number; end: number };
/** So many letters of a quote, from `at` on, that stand on the page from `from` on. */
export type Stretch = { at: number; from: number; length: number };
type Side = { letters: readonly Letter[]; starts: readonly boolean[]; ends: readonly boolean[]; used: boolean[] };

/** Less of a quote than this is somewhere else. */
const ENOUGH = 0.5;
/** Shorter ones stand everywhere: they count only between those that stand around them in the quote. */
const TELLING = 8;
/** How far from the first stretch others are looked for, by the length of the quote. */
const REACH = 2;

/**
 * The stretches of a quote that follow each other on a page letter by letter, longest first taken, each letter once, all
 * near the first (greedy string tiling). None where they hold too little of the quote.
 * @param lettersBefore how many letters of the page stand before the quote: the nearest of equal ones is meant
 */
export function stretchesOf(wanted: readonly Letter[], page: readonly Letter[], lettersBefore: number): Stretch[] {
  const quote = sideOf(wanted);
  const place = sideOf(page);
  const found: Stretch[] = [];
  let shift = lettersBefore;
  for (;;) {
    const next = longest(quote, place, (stretch) => isAllowed(stretch, found, wanted.length), shift);
    if (!next) break;
    if (found.length === 0) shift = next.from - next.at;
    found.push(next);
    quote.used.fill(true, next.at, next.at + next.length);
    place.used.fill(true, next.from, next.from + next.length);
  }
  const held = found.reduce((sum, { length }) => sum + length, 0);
  return held < ENOUGH * wanted.length ? [] : found.sort((a, b) => a.from - b.from);
}

function sideOf(letters: readonly Letter[]): Side {
  const starts = letters.map(({ run, start }, index) => {
    const before = letters[index - 1];
    // One character may be several letters.
    return !before || before.run !== run || start > before.end;
  });
  return { letters, starts, ends: letters.map((_letter, index) => starts[index + 1] ?? true), used: letters.map(() => false) };
}

function isAllowed(stretch: Stretch, found: readonly Stretch[], quoteLength: number): boolean {
  const [first] = found;
  if (!first) return stretch.length >= Math.min(TELLING, quoteLength);
  if (Math.abs(stretch.from - first.from) > REACH * quoteLength) return false;
  if (stretch.length >= TELLING) return true;
  const inOrder = (other: Stretch): boolean => other.at < stretch.at === other.from < stretch.from;
  const before = found.filter(({ at }) => at < stretch.at).sort((a, b) => b.at - a.at)[0];
  const after = found.filter(({ at }) => at > stretch.at).sort((a, b) => a.at - b.at)[0];
  const isClose = (other: Stretch): boolean => Math.abs(other.from - other.at - (stretch.from - stretch.at)) <= quoteLength;
  return [before, after].every((other) => !other || (inOrder(other) && isClose(other)));
}

/** The longest of whole words that is allowed; of equal ones that which moves the quote least from where it is looked for. */
function longest(quote: Side, page: Side, allows: (stretch: Stretch) => boolean, shift: number): Stretch | undefined {
  let best: Stretch | undefined;
  const away = ({ from, at }: Stretch): number => Math.abs(from - at - shift);
  let before = new Uint16Array(page.letters.length + 1);
  quote.letters.forEach(({ letter }, at) => {
    const lengths = new Uint16Array(page.letters.length + 1);
    if (!quote.used[at])
      page.letters.forEach((other, from) => {
        if (page.used[from] || other.letter !== letter) return;
        const length = before[from]! + 1;
        lengths[from + 1] = length;
        if (best && length < best.length) return;
        const whole = wholeWords(quote, page, { at: at + 1 - length, from: from + 1 - length, length });
        if (!whole || !allows(whole)) return;
        if (!best || whole.length > best.length || (whole.length === best.length && away(whole) < away(best))) best = whole;
      });
    before = lengths;
  });
  return best;
}

/** Without the parts of words at its ends. */
function wholeWords({ starts, ends }: Side, page: Side, { at, from, length }: Stretch): Stretch | undefined {
  let [first, last] = [0, length - 1];
  while (first <= last && !(starts[at + first] && page.starts[from + first])) first += 1;
  while (last >= first && !(ends[at + last] && page.ends[from + last])) last -= 1;
  return first > last ? undefined : { at: at + first, from: from + first, length: last - first + 1 };
}
