import type { AnswerRequest } from './answerer.ts';
import type { Evidence } from './evidence.ts';

/** How well a sentence answers, to choose between sentences. */
export function strength(_request: AnswerRequest, evidence: Evidence): number {
  return evidence.inSentence * 0.6 + evidence.inContext * 0.25 + evidence.proximity * 0.15 + (evidence.typed ? 0.1 : 0);
}

/** Whether a sentence supports an answer at all. Better no answer than a guess. */
export function isConvincing(_request: AnswerRequest, evidence: Evidence): boolean {
  return evidence.inContext >= 0.5 && evidence.numbers === 1;
}
