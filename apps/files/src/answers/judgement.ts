import { termsOf } from '../text/terms.ts';
import type { AnswerRequest } from './answerer.ts';
import { contradicts } from './contradictions.ts';
import type { Evidence } from './evidence.ts';
import { castsOtherwise } from './roles.ts';

/**
 * Shares of a question's weight that a sentence must hold, alone and with what surrounds it. Measured: lower answers
 * questions about other things, higher refuses questions in words of their own.
 */
const LEAST_IN_SENTENCE = 0.3;
const LEAST_IN_CONTEXT = 0.45;
/** Names are not paraphrased: one that is nowhere near means another subject. */
const LEAST_NAME = 0.5;
/** A year or century that fits proves nothing by itself: what happened then must be there too. */
const LEAST_MATTER_BESIDE_NUMBERS = 0.4;

/** How well a sentence answers, to choose between sentences. */
export function strength(request: AnswerRequest, evidence: Evidence): number {
  const context = request.context.length === 0 ? 0 : contextShare(request, evidence);
  return evidence.inMeaning * 0.6 + evidence.inContext * 0.1 + evidence.proximity * 0.1 + (evidence.typed ? 0.2 : 0) + context * 0.3;
}

/** Whether a sentence supports an answer at all. Better no answer than a guess. */
export function isConvincing({ question }: AnswerRequest, evidence: Evidence): boolean {
  return (
    evidence.inSentence >= LEAST_IN_SENTENCE &&
    evidence.inContext >= LEAST_IN_CONTEXT &&
    evidence.weakestName >= LEAST_NAME &&
    // Pronouns are known in English alone, and German writes every noun like a name.
    (evidence.namesSubject || !question.isEnglish) &&
    evidence.numbers === 1 &&
    (evidence.matter >= LEAST_MATTER_BESIDE_NUMBERS || !question.terms.some((term) => term.kind === 'number')) &&
    (evidence.typed || !question.isEnglish) &&
    !contradicts({ question, quote: evidence.quote, terms: termsOf(evidence.quote) })
  );
}

/**
 * The sentence closest to the question casts its words in other roles: the question turns it round, and what weaker
 * sentences seem to add, they lean on this one.
 */
export function misleads({ question }: AnswerRequest, { quote }: Evidence): boolean {
  return question.isEnglish && castsOtherwise({ question, quote, terms: termsOf(quote) });
}

/** How much of the conversation's words, which the question leans on, the passage holds. */
function contextShare({ context }: AnswerRequest, { passage }: Evidence): number {
  const keys = new Set(termsOf(passage.text).map((term) => term.key));
  return context.filter((term) => keys.has(term.key)).length / context.length;
}
