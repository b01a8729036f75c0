import type { Candidate } from '../answers/candidate.ts';
import type { ParsedQuestion } from '../questions/question.ts';
import { similarity, type Term } from '../text/terms.ts';

/**
 * "The Norman general" is asked for, and the only general there is a Byzantine one: an English sentence that shares the
 * question's words and is about another. It is shown as close, not as an answer.
 */
export function namesAnother(question: ParsedQuestion, { terms }: Candidate): boolean {
  if (question.language !== 'english') return false;
  return question.words.some((name, i) => {
    const noun = question.words[i + 1];
    if (!noun || !name.capital || noun.capital || noun.kind !== 'word' || question.isSmall(noun) || question.isSmall(name)) return false;
    const places = terms.flatMap((term, at) => (alike(noun, term) ? [at] : []));
    if (places.length === 0 || places.some((at) => [1, 2, 3].some((back) => alike(name, terms[at - back])))) return false;
    return places.every((at) => terms[at - 1]?.capital === true);
  });
}

const alike = (a: Term, b: Term | undefined): boolean => b !== undefined && similarity(a, b) > 0;
