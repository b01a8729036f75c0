import { termsOf, type Term } from '../text/terms.ts';
import { ENGLISH, LANGUAGES, UNSPACED_QUESTION_WORDS, type Expected, type Language } from './languages.ts';
import { asksOfWhole } from './overview-questions.ts';

/** A question taken apart: what it asks for, and the words an answer must be about. */
export type ParsedQuestion = {
  text: string;
  expects: Expected;
  /** Whether it is, or may be, in the language whose grammar we know best. */
  isEnglish: boolean;
  /** Distinct, without small words. */
  terms: Term[];
  /** Every word, in order. */
  words: Term[];
  isSmall(term: Term): boolean;
  /** What it asks of the file as a whole, if it does. */
  ofWhole: 'content' | 'author' | null;
};

export function parseQuestion(text: string): ParsedQuestion {
  const unspaced = takeUnspaced(text);
  const words = termsOf(unspaced.rest);
  const languages = languagesOf(words);
  const asking = askingIn(words, languages);
  const inPhrase = new Set(asking.flatMap(({ phrase }) => (phrase.includes(' ') ? phrase.split(' ') : [])));
  const isSmall = (term: Term) =>
    term.kind === 'gram' ? HIRAGANA.test(term.form) : languages.some((language) => isSmallIn(language, term.form));
  const informative = words.filter((term) => !isSmall(term) && !inPhrase.has(term.form));
  return {
    text,
    expects: unspaced.expects ?? asking[0]?.expected ?? 'any',
    isEnglish: languages.includes(ENGLISH),
    // A question of nothing but small words still has to find something.
    terms: distinct(informative.length > 0 ? informative : words),
    words,
    isSmall,
    ofWhole: asksOfWhole(text),
  };
}

/** Endings and particles of Japanese. */
const HIRAGANA = /^\p{Script=Hiragana}+$/u;

/**
 * The languages whose small words explain most of the question. One language's small word is another's subject ("son",
 * "war", "die"), so lists are never mixed unless the question leaves it open.
 */
function languagesOf(words: Term[]): Language[] {
  const scored = LANGUAGES.map((language) => ({ language, hits: words.filter((term) => isSmallIn(language, term.form)).length }));
  const most = Math.max(...scored.map(({ hits }) => hits));
  return most === 0 ? [] : scored.filter(({ hits }) => hits === most).map(({ language }) => language);
}

function isSmallIn(language: Language, form: string): boolean {
  return language.small.has(form) || Object.values(language.asks).some((words) => words.includes(form));
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
