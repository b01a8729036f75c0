import type { Citation } from '@atrium/contracts';
import type { Term } from '../text/terms.ts';
import type { ParsedQuestion } from '../questions/question.ts';

/** A slice of a file's page that may hold an answer; `start` in code points into the page's text. */
export type Passage = { fileId: string; version: number; page: number; start: number; text: string };

/** What is to be answered, and from what. */
export type AnswerRequest = {
  question: ParsedQuestion;
  /** Words of the conversation that the question leans on; they help, and are not required. */
  context: Term[];
  /** Best first. */
  passages: Passage[];
  /** In how many of the passages of all files searched a word stands, and how many there are. */
  holding(term: Term): number;
  total: number;
  /** Epoch milliseconds after which nobody waits. */
  deadlineAt: number;
};

/** The places that bear on a question, numbered in order of first use, and how surely they answer it (0 to 1). */
export type AnswerDraft = { status: 'answered' | 'closest' | 'no_evidence'; confidence: number; answer: string; citations: Citation[] };

export const NO_EVIDENCE: AnswerDraft = { status: 'no_evidence', confidence: 0, answer: '', citations: [] };

/** Whatever composes answers: it sees passages and nothing else, and what it claims is checked afterwards. */
export interface Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft>;
}
