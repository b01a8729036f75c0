import { stretchesOf } from './stretches.ts';

/** A piece of one of a page's runs of text, in UTF-16 units. */
export type Piece = { run: number; start: number; end: number };
/** A quote, and how many of the page's letters stand before it: which one is meant where it stands more than once. */
export type Quote = { text: string; lettersBefore: number };

type Letter = Piece & { letter: string };

/** In a row of a table, the name of each column stands before its value; on the page it stands at the top. */
const COLUMN_NAME = /(^|; )[^:;]{1,60}: /g;

/**
 * Where a quote stands on a page. Its text was put in order when it was taken out of the document: words broken at the
 * end of a line were joined, and the rows of tables were written with their columns' names. So letters and digits are
 * compared alone, and where they do not follow each other, the stretches of the quote that do, close together.
 */
export function findPassage(runs: readonly string[], quote: Quote): Piece[] {
  const letters = runs.flatMap((text, run) => lettersOf(text).map((letter) => ({ ...letter, run })));
  const values = { ...quote, text: valuesOf(quote.text) };
  return findWhole(letters, quote) ?? findWhole(letters, values) ?? findStretches(letters, values).flatMap(piecesOf);
}

function findStretches(letters: readonly Letter[], { text, lettersBefore }: Quote): Letter[][] {
  const wanted = lettersOf(text).map((letter) => ({ ...letter, run: 0 }));
  return stretchesOf(wanted, letters, lettersBefore).map(({ from, length }) => letters.slice(from, from + length));
}

/** How many letters and digits a text has, as they are counted here. */
export const countLetters = (text: string): number => lettersOf(text).length;

function lettersOf(text: string): Omit<Letter, 'run'>[] {
  const letters: Omit<Letter, 'run'>[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    // Ligatures and the forms of Arabic letters become the letters that they stand for.
    for (const letter of character.normalize('NFKC').toLowerCase()) if (/[\p{L}\p{N}]/u.test(letter)) letters.push({ letter, start, end });
    start = end;
  }
  return letters;
}

function findWhole(letters: readonly Letter[], quote: Quote): Piece[] | undefined {
  const wanted = lettersOf(quote.text).map(({ letter }) => letter);
  if (wanted.length === 0) return undefined;
  const page = letters.map(({ letter }) => letter).join('');
  // A letter may be two units long, and a place in the text is none in the list.
  const indexOfUnit = letters.flatMap(({ letter }, index) => Array.from(letter, (_unit, at) => (at === 0 ? index : -1)));
  let found: number | undefined;
  for (let at = page.indexOf(wanted.join('')); at >= 0; at = page.indexOf(wanted.join(''), at + 1)) {
    const index = indexOfUnit[at] ?? -1;
    if (index >= 0 && (found === undefined || distance(index, quote) < distance(found, quote))) found = index;
  }
  return found === undefined ? undefined : piecesOf(letters.slice(found, found + wanted.length));
}

/** A row of a table by its values alone; another text is left as it is. */
const valuesOf = (text: string): string => ((text.match(COLUMN_NAME) ?? []).length > 1 ? text.replaceAll(COLUMN_NAME, '$1') : text);

const distance = (index: number, { lettersBefore }: Quote): number => Math.abs(index - lettersBefore);

/** One piece for each run, from its first to its last letter. */
function piecesOf(letters: readonly Letter[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { run, start, end } of letters) {
    const last = pieces.at(-1);
    if (last?.run === run) last.end = end;
    else pieces.push({ run, start, end });
  }
  return pieces;
}
