import { termsOf } from '../text/terms.ts';
import type { AnswerRequest } from './answerer.ts';
import type { Candidate } from './candidate.ts';
import { isRow } from './candidates.ts';
import { Comparison, type Weighed } from './features.ts';
import { weighted, type Features } from './model.ts';
import { WEIGHTS } from './weights.ts';

export type Ranked = Weighed & { score: number };
export type Ranking = { ranked: Ranked[]; comparison: Comparison };

/** What the words that a follow-up leans on add, when a passage holds them all. */
const LEANING = 3;
/** What words in the question's order add in a row: "lamp oil" is not an oil lamp, and a row has no grammar to tell. */
const IN_ORDER = 4;

/** Sentences by how well they answer, the best first: one number from a handful of features. */
export function rank(request: AnswerRequest, candidates: Candidate[]): Ranking {
  const comparison = new Comparison(request, candidates);
  const ranked = comparison.weighed
    .map((weighed) => ({ ...weighed, score: scoreOf(weighed) + LEANING * contextShare(request, weighed.candidate) }))
    .sort((a, b) => b.score - a.score);
  return { ranked, comparison };
}

const scoreOf = ({ candidate, features }: Weighed) =>
  weighted<Features>(WEIGHTS.ranking, features) + (isRow(candidate.quote) ? IN_ORDER * features.pairs : 0);

function contextShare({ context }: AnswerRequest, { passage }: Candidate): number {
  if (context.length === 0) return 0;
  const keys = new Set(termsOf(passage.text).map((term) => term.key));
  return context.filter((term) => keys.has(term.key)).length / context.length;
}
