import { IRREGULAR } from '../english/verbs.ts';
import { isSynonym } from '../english/synonyms.ts';
import { datesIn, type FoundDate } from './dates.ts';
import { numbersIn, plainNumber, type FoundNumber } from './numbers.ts';

/**
 * Words made comparable across inflection, case, accents and scripts, without knowing the language. `key` is what the
 * index holds: the beginning of a longer word, so that inflected forms meet, a run of two or three characters in scripts
 * that set no blanks, or a date without its year. `form` is the whole folded word or date, for a closer look.
 */
export type Term = {
  key: string;
  form: string;
  /** The word as it stands, in lower case with its accents. */
  written: string;
  kind: 'word' | 'number' | 'date' | 'gram';
  /** Written with a capital although it does not open a sentence: probably a name. */
  capital: boolean;
  /** UTF-16 position in the text it was read from. */
  at: number;
  /** Where it ends; only of dates, whose words are terms as well. */
  end?: number;
};

const KEY_CHARS = 5;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const TRIGRAM_SCRIPTS = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+$/u;
/** Runs of one script each: in Japanese, what changes from kanji to kana is nearly always a word's border. */
const UNSPACED_RUN =
  /\p{Script=Han}+|\p{Script=Hiragana}+|[\p{Script=Katakana}ー]+|\p{Script=Hangul}+|[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels and hamza of Arabic. Indic marks stay: they are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g;

/** One word as the index knows it. */
export function foldWord(word: string): string {
  return (
    word
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .toLowerCase()
      .replace(ACCENTS, '')
      .replace(/ß/g, 'ss')
      .replace(/ı/g, 'i')
      .replace(/ς/g, 'σ')
      // Kündigung, Kuendigung, Kundigung: people write all three.
      .replace(/([aou])e/g, '$1')
      .replace(/[’']s$|[’'ʼ]/g, '')
      // The Arabic article, with what is written onto it.
      .replace(/^[وفبك]?ال(?=.{3})|^لل(?=.{3})/u, '')
      .normalize('NFC')
  );
}

const KNOWN_WORDS = 50_000;
const known = new Map<string, string>();

/** Folding is what takes the time, and words come again. */
function foldedWord(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_WORDS) known.clear();
  const folded = foldWord(word);
  known.set(word, folded);
  return folded;
}

/** Every term of a text, in order. */
export function termsOf(text: string): Term[] {
  const numbers = numbersIn(text);
  const terms: Term[] = [...numbers.map(numberTerm), ...datesIn(text).flatMap(dateTerms)];
  for (const { segment, index, isWordLike } of segmenter.segment(spaceOut(text, numbers))) {
    if (isWordLike) for (const part of wordParts(segment)) terms.push(...wordTerm(text, { text: part.text, at: index + part.at }));
  }
  for (const run of text.matchAll(UNSPACED_RUN)) for (const gram of gramsOf(run[0], run.index)) terms.push(gram);
  return terms.sort((a, b) => a.at - b.at);
}

const numberTerm = ({ form, at }: FoundNumber): Term => ({ key: form, form, written: form, kind: 'number', capital: false, at });

function wordTerm(text: string, { text: word, at }: { text: string; at: number }): Term[] {
  const folded = foldedWord(word);
  const form = IRREGULAR.get(folded) ?? folded;
  if (form === '') return [];
  const isNumber = /\p{Nd}/u.test(form);
  const key = isNumber ? form : [...form].slice(0, KEY_CHARS).join('');
  return [
    {
      key,
      form,
      written: word.normalize('NFC').toLowerCase(),
      kind: isNumber ? 'number' : 'word',
      capital: /^\p{Lu}/u.test(word) && !opensSentence(text, at),
      at,
    },
  ];
}

/** A whole date is found as itself, without its year, and as its month; one that is told in part as that part. */
function dateTerms({ year, month, day, start, end }: FoundDate): Term[] {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = (form: string, key: string): Term => ({ key, form, written: form, kind: 'date', capital: false, at: start, end });
  const ofMonth = year === undefined ? [] : [date(`${year}-${two(month)}`, `${year}-${two(month)}`)];
  if (day === undefined) return ofMonth;
  const ofDay = `${two(month)}-${two(day)}`;
  return [date(year === undefined ? ofDay : `${year}-${ofDay}`, ofDay), ...ofMonth];
}

/** The words of a text as they are written but for capitals, in order. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase());
}

/** The distinct keys of a text: what an index row holds. */
export function indexKeys(text: string): string[] {
  return [...new Set(termsOf(text).map((term) => term.key))];
}

/**
 * Runs of unspaced script are blanked, one for one, and so are numbers that are terms already: the segmenter's
 * dictionaries are slow, and grams do not need them.
 */
function spaceOut(text: string, numbers: { at: number; end: number }[]): string {
  let spaced = '';
  for (const { at, end } of numbers) spaced += text.slice(spaced.length, at) + ' '.repeat(end - at);
  return (spaced + text.slice(spaced.length)).replace(UNSPACED_RUN, (run) => ' '.repeat(run.length));
}

/** French and Italian small words that are written onto the next: "l'architecte", "dell'acqua". */
const ELIDED = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|(?:d[ae]|a|ne|co|su)ll|un|quell|quest|gl)[’'](?=\p{L}{2})/iu;

/** Words joined by a hyphen, slash or dot are found by each of their halves; 10.50 stays one number. */
function wordParts(segment: string): { text: string; at: number }[] {
  const number = plainNumber(segment);
  if (number !== null) return [{ text: number, at: 0 }];
  const elided = ELIDED.exec(segment)?.[0].length ?? 0;
  const parts = [...segment.slice(elided).matchAll(/[^\-‐‑–_/.:]+/gu)].map((part) => ({ text: part[0], at: elided + part.index }));
  return parts.flatMap((part) => [part, ...humps(part)]);
}

/** The words of a name as programs write it: "maxUploadSize". */
function humps({ text, at }: { text: string; at: number }): { text: string; at: number }[] {
  if (!/^\p{Ll}{2,}(?:\p{Lu}\p{Ll}+)+$/u.test(text)) return [];
  return [...text.matchAll(/\p{L}\p{Ll}+/gu)].map((word) => ({ text: word[0], at: at + word.index }));
}

function opensSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:\n•])["'“”„«([\s]*$/u.test(text.slice(Math.max(0, at - 6), at));
}

function gramsOf(run: string, at: number): Term[] {
  const size = TRIGRAM_SCRIPTS.test(run) ? 3 : 2;
  const characters = [...run.normalize('NFKC')];
  const count = Math.max(1, characters.length - size + 1);
  return Array.from({ length: count }, (_, i) => {
    const form = characters.slice(i, i + size).join('');
    return { key: form, form, written: form, kind: 'gram' as const, capital: false, at: at + i };
  });
}

/** The same of syllables whose accents make them other words: "má", "mà" and "mả" have nothing in common. */
export function syllableSimilarity(a: Term, b: Term): number {
  if (a.kind !== 'word' || b.kind !== 'word') return similarity(a, b);
  return a.written === b.written ? 1 : 0;
}

/** How well one word stands for another, from 0 (not at all) to 1 (the same). */
export function similarity(a: Term, b: Term): number {
  if (a.form === b.form) return 1;
  // The fifth of May, and the fifth of May of a year.
  if (a.kind === 'date' && b.kind === 'date' && a.key === b.key && (a.form === a.key || b.form === b.key)) return 0.8;
  if (a.kind !== 'word' || b.kind !== 'word') return 0;
  const [short, long] = a.form.length <= b.form.length ? [a.form, b.form] : [b.form, a.form];
  const shared = sharedPrefix(short, long);
  // "marry" and "married": a letter that the ending changes does not count.
  if (shared >= 3 && shared === short.length - 1 && short.endsWith('y') && /^i(?:e[sd]|er|est|ly|ness)$/.test(long.slice(shared)))
    return 0.95;
  if (shared === short.length && shared >= 3 && long.length - shared <= 2) return 0.95;
  if (shared >= 4 && shared >= long.length * 0.6) return 0.85;
  if (short.length >= 6 && differByOneEdit(short, long)) return 0.8;
  return isSynonym(short, long) ? 0.8 : 0;
}

function sharedPrefix(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}

function differByOneEdit(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  const i = sharedPrefix(short, long);
  if (short.length === long.length) {
    const rest = short.slice(i + 1) === long.slice(i + 1);
    const swapped = short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
    return rest || swapped;
  }
  return short.slice(i) === long.slice(i + 1);
}
