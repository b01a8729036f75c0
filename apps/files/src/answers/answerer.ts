import type { Citation } from '@atrium/contracts';
import type { Term } from '../text/terms.ts';
import type { ParsedQuestion } from './question.ts';

/** A slice of a file's page that may hold an answer; `start` in code points into the page's text. */
export type Passage = { fileId: string; version: number; page: number; start: number; text: string };

/** What is to be answered, from what, and how telling each word of it is in the files searched. */
export type AnswerRequest = {
  question: ParsedQuestion;
  /** Words of the conversation that the question leans on; they help, and are not required. */
  context: Term[];
  /** Best first. */
  passages: Passage[];
  /** Weight of a word by its index key; rarer is heavier. */
  weightOf(term: Term): number;
  /** Epoch milliseconds after which nobody waits. */
  deadlineAt: number;
};

/** An answer and the places it quotes, numbered in order of first use. Null when nothing supports one. */
export type AnswerDraft = { answer: string; citations: Citation[] } | null;

/** Whatever composes answers: it sees passages and nothing else, and what it claims is checked afterwards. */
export interface Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft>;
}
