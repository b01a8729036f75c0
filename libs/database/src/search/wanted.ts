import { tokensOf } from './tokens.ts';

/**
 * One thing that must be found: a word, by itself, its beginning or a part of it; or several in a row, of which the last
 * may go on (what was typed in one piece, as foo-bar), or may not (what was put in quotes).
 */
export type Wanted = { texts: string[]; runs: boolean[]; mayGoOn: boolean };

/** Parts of words are looked for from this length on; shorter ones only begin a word. */
export const PART_LENGTH = 3;
const MAX_WANTED = 20;

/** What is wanted of the words and quoted phrases of a query, each once. Signs alone want nothing. */
export function wantedOf({ words, phrases }: { words: readonly string[]; phrases: readonly string[] }): Wanted[] {
  const all = [...phrases.map((phrase) => wanted(phrase, false)), ...words.map((word) => wanted(word, true))];
  const distinct = new Map(all.filter(({ texts }) => texts.length > 0).map((one) => [`${one.mayGoOn} ${one.texts.join(' ')}`, one]));
  return [...distinct.values()].slice(0, MAX_WANTED);
}

function wanted(text: string, mayGoOn: boolean): Wanted {
  const tokens = tokensOf(text);
  return { texts: tokens.map((token) => token.text), runs: tokens.map((token) => token.isRun), mayGoOn };
}

/** Whether it is one word, of which a part may be enough. */
export const isOneWord = ({ texts, runs, mayGoOn }: Wanted): boolean => texts.length === 1 && !runs[0] && mayGoOn;

/** What the folded text must contain; see `searchText`. */
export function needleOf(wanted: Wanted): string {
  const { texts, runs } = wanted;
  if (isOneWord(wanted) && [...texts[0]!].length >= PART_LENGTH) return texts[0]!;
  return beginning(wanted) + (wanted.mayGoOn || runs.at(-1) ? '' : ' ');
}

/** The same, where it begins a word. */
export const beginning = ({ texts, runs }: Wanted): string => (runs[0] ? '' : ' ') + texts.join(' ');

/** The same, where it is a whole word. */
export const whole = (wanted: Wanted): string => beginning(wanted) + (wanted.runs.at(-1) ? '' : ' ');
