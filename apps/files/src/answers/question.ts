import { foldWord, termsOf, type Term } from '../text/terms.ts';
import {
  EXPECTATION_BY_PHRASE,
  EXPECTATION_BY_WORD,
  UNINFORMATIVE,
  UNSPACED_QUESTION_WORDS,
  type Expected,
} from './question-words.ts';

/** A question taken apart: what it asks for, and the words an answer must be about. */
export type ParsedQuestion = { text: string; expects: Expected; terms: Term[] };

export function parseQuestion(text: string): ParsedQuestion {
  const unspaced = takeUnspaced(text);
  const all = termsOf(unspaced.rest);
  const informative = all.filter((term) => !isUninformative(term));
  return {
    text,
    expects: unspaced.expects ?? expectationOf(all.map((term) => term.form)),
    // A question of nothing but small words still has to find something.
    terms: distinct(informative.length > 0 ? informative : all),
  };
}

/** Whether a word says nothing about the subject: small words, and the question words themselves. */
export function isUninformative(term: Term): boolean {
  if (term.kind !== 'word') return false;
  return UNINFORMATIVE.has(term.form) || EXPECTATION_BY_WORD.has(term.form);
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

function expectationOf(forms: string[]): Expected {
  const sentence = ` ${forms.join(' ')} `;
  for (const [phrase, expected] of EXPECTATION_BY_PHRASE) if (sentence.includes(` ${foldWord(phrase)} `)) return expected;
  for (const form of forms) {
    const expected = EXPECTATION_BY_WORD.get(form);
    if (expected) return expected;
  }
  return 'any';
}

function distinct(terms: Term[]): Term[] {
  const byForm = new Map<string, Term>();
  for (const term of terms) {
    const known = byForm.get(term.form);
    byForm.set(term.form, known ? { ...known, capital: known.capital || term.capital } : term);
  }
  return [...byForm.values()];
}
