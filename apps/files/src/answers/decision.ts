import { namesAnother } from '../english/another-name.ts';
import type { Candidate } from './candidate.ts';
import { isRow } from './candidates.ts';
import type { AnswerDraft } from './answerer.ts';
import type { Weighed } from './features.ts';
import { familyOf, probability, type Grounds } from './model.ts';
import type { ParsedQuestion } from '../questions/question.ts';
import type { Ranking } from './ranking.ts';
import { WEIGHTS } from './weights.ts';

export type Decision = Pick<AnswerDraft, 'status' | 'confidence'>;

/** A lead beyond this says no more. */
const MOST_LEAD = 5;

/** What the best sentence is worth: an answer, something close to one, or nothing. */
export function decide(question: ParsedQuestion, ranking: Ranking): Decision {
  const [best] = ranking.ranked;
  if (!best) return { status: 'no_evidence', confidence: 0 };
  const grounds = groundsOf(ranking);
  const family = familyOf(question.language);
  const least = WEIGHTS.least[question.language ?? 'other'] ?? WEIGHTS.least['other']!;
  const confidence = probability(WEIGHTS.answering[family], grounds);
  if (probability(WEIGHTS.bearing[family], grounds) < least.bearing && !holdsDate(question, best.candidate))
    return { status: 'no_evidence', confidence };
  if (namesAnother(question, best.candidate) || isAnotherRow(question, best, grounds)) return { status: 'closest', confidence };
  if (isPlain(question, best, grounds)) return { status: 'answered', confidence: Math.max(confidence, least.answering) };
  return { status: confidence >= least.answering ? 'answered' : 'closest', confidence };
}

/** The very day that is asked about: no chance, however strange the other words are. */
const holdsDate = ({ terms }: ParsedQuestion, { terms: told }: Candidate): boolean =>
  terms.some(({ kind, form }) => kind === 'date' && told.some((other) => other.kind === 'date' && other.form === form));

/** A row without a word of the question that other rows have: it is of another thing. */
function isAnotherRow({ terms }: ParsedQuestion, { candidate, features }: Weighed, { unknownWords }: Grounds): boolean {
  return isRow(candidate.quote) && features.words * terms.length + unknownWords < terms.length - 0.5;
}

const SHORT = 2;

/** Too short for its words to be weighed against each other: all of them stand there, or name a value. */
function isPlain({ terms }: ParsedQuestion, { candidate, features }: Weighed, { expected }: Grounds): boolean {
  return features.words === 1 && expected === 1 && (terms.length <= SHORT || isRow(candidate.quote));
}

export function groundsOf({ ranked, comparison }: Ranking): Grounds {
  const [best, next] = ranked;
  return comparison.groundsOf(best!, Math.min(MOST_LEAD, next ? best!.score - next.score : MOST_LEAD));
}
