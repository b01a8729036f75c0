import { termsOf, type Term } from '../text/terms.ts';
import { isSmallIn, languagesOf, UNSPACED_QUESTION_WORDS, type Expected, type Language } from './languages.ts';
import type { WholeRequest } from '../whole-file/request-words.ts';
import { asksOfWhole } from '../whole-file/requests.ts';

/** A question taken apart: what it asks for, and the words an answer must be about. */
export type ParsedQuestion = {
  text: string;
  expects: Expected;
  /** Whether it has a word that asks, in a script with blanks. */
  asks: boolean;
  /** Its language, as far as its small words tell; the first of several that they leave open. */
  language: string | null;
  /** Whether any of its words says what it is about: "how long does it take?" has none. */
  hasSubject: boolean;
  /** Distinct, without small words. */
  terms: Term[];
  /** Every word, in order. */
  words: Term[];
  isSmall(term: Term): boolean;
  /** What it asks of the file as a whole, if it does. */
  ofWhole: WholeRequest | null;
};

export function parseQuestion(text: string): ParsedQuestion {
  const unspaced = takeUnspaced(text);
  const words = withoutPartsOfDates(termsOf(unspaced.rest));
  const languages = languagesOf(text, words);
  const asking = askingIn(words, languages);
  const inPhrase = new Set(asking.flatMap(({ phrase }) => (phrase.includes(' ') ? phrase.split(' ') : [])));
  const isSmall = (term: Term) =>
    term.kind === 'gram' ? HIRAGANA.test(term.form) : languages.some((language) => isSmallIn(language, term.form));
  const informative = words.filter((term) => !isSmall(term) && !inPhrase.has(term.form));
  const expects = unspaced.expects ?? asking[0]?.expected ?? 'any';
  return {
    text,
    expects,
    asks: asking.length > 0,
    language: languages[0]?.name ?? null,
    hasSubject: informative.length > 0,
    // A question of nothing but small words still has to find something.
    terms: distinct(informative.length > 0 ? informative : words),
    words,
    isSmall,
    ofWhole: asksOfWhole(text, { expects, isSmall: (word) => languages.some((language) => isSmallIn(language, word)) }),
  };
}

/** Endings and particles of Japanese. */
const HIRAGANA = /^\p{Script=Hiragana}+$/u;

/** A date is asked for as a whole: 15 and January alone are in many sentences. */
function withoutPartsOfDates(terms: Term[]): Term[] {
  const dates = terms.filter((term, i) => term.kind === 'date' && terms[i - 1]?.at !== term.at);
  const inDate = ({ at }: Term) => dates.some((date) => at >= date.at && at < date.end!);
  return terms.filter((term) => dates.includes(term) || !inDate(term));
}

/** Cuts the question words out of scripts without blanks; the first that asks for something in particular decides. */
function takeUnspaced(text: string): { rest: string; expects: Expected | null } {
  let rest = text;
  let expects: Expected | null = null;
  for (const [pattern, asked] of UNSPACED_QUESTION_WORDS) {
    rest = rest.replace(pattern, (found) => {
      if (asked !== 'any') expects ??= asked;
      return ' '.repeat(found.length);
    });
  }
  return { rest, expects };
}

/** What asks in the question: phrases first, which say more than the words they consist of, then in order. */
function askingIn(words: Term[], languages: Language[]): { expected: Expected; phrase: string }[] {
  const sentence = ` ${words.map((term) => term.form).join(' ')} `;
  const asks = languages.flatMap((language) =>
    Object.entries(language.asks).flatMap(([expected, phrases]) => phrases.map((phrase) => ({ expected: expected as Expected, phrase }))),
  );
  return asks
    .map((ask) => ({ ...ask, at: sentence.indexOf(` ${ask.phrase} `) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Number(b.phrase.includes(' ')) - Number(a.phrase.includes(' ')) || a.at - b.at);
}

function distinct(terms: Term[]): Term[] {
  const byForm = new Map<string, Term>();
  for (const term of terms) {
    const known = byForm.get(term.form);
    byForm.set(term.form, known ? { ...known, capital: known.capital || term.capital } : term);
  }
  return [...byForm.values()];
}
