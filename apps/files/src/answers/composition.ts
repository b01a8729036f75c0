import type { AnswerStatus, Citation } from '@atrium/contracts';
import { sliceCodePoints } from '../text/code-points.ts';
import type { Passage } from './answerer.ts';
import { isRow, type Candidate } from './candidates.ts';
import type { ParsedQuestion } from './question.ts';
import type { Ranked } from './ranking.ts';

/** Sentences an answer quotes at most. */
const MAX_QUOTES = 3;
/** In scores: beside an answer, one this far behind is twenty times less likely to be another. */
const FAR_BEHIND = 3;
const PERSON = /^["'“‘(]*(?:he|she|they|his|her|their)\b/i;

export type Quoted = { passage: Passage; start: number; end: number };

/** The best sentences as they are shown: a heading with what stands under it, "he" with who that is. */
export function quotesOf(question: ParsedQuestion, ranked: Ranked[], status: AnswerStatus): Quoted[] {
  const chosen: Quoted[] = [];
  const [best] = ranked;
  for (const { candidate, features, score } of ranked) {
    if (chosen.length === MAX_QUOTES || (status === 'answered' && score < best!.score - FAR_BEHIND)) break;
    // Rows of one table are alike but for the words that tell them apart.
    if (isRow(best!.candidate.quote) && features.words < best!.features.words) continue;
    const quoted = asShown(question, candidate);
    if (!chosen.some((other) => repeats(other, quoted))) chosen.push(quoted);
  }
  return chosen;
}

function asShown({ expects }: ParsedQuestion, candidate: Candidate): Quoted {
  const { passage, start, end } = candidate;
  if (candidate.isHeading && candidate.after?.passage === passage) return { passage, start, end: candidate.after.end };
  return { passage, start: expects === 'person' ? antecedentOf(candidate).start : start, end };
}

/** Asked for a person, "he" is no answer: what says whom it means, if one of the two sentences before does. */
function antecedentOf(candidate: Candidate): Candidate {
  let at = candidate;
  for (let back = 0; back < 2 && PERSON.test(at.quote); back += 1) {
    if (at.before?.passage !== candidate.passage) return candidate;
    at = at.before;
  }
  return PERSON.test(at.quote) ? candidate : at;
}

const textOf = ({ passage, start, end }: Quoted) => sliceCodePoints(passage.text, start - passage.start, end - passage.start);

function repeats(other: Quoted, quoted: Quoted): boolean {
  const samePage = other.passage.fileId === quoted.passage.fileId && other.passage.page === quoted.passage.page;
  return (samePage && other.start < quoted.end && quoted.start < other.end) || textOf(other) === textOf(quoted);
}

/** An answer in the file's own words, each quote with its number. */
export function compose(quoted: Quoted[]): { answer: string; citations: Citation[] } {
  const citations = quoted.map((place, i) => {
    const { fileId, version, page } = place.passage;
    return { n: i + 1, fileId, version, page, start: place.start, end: place.end, quote: textOf(place) };
  });
  return { answer: citations.map(({ quote, n }) => `${quote} [${n}]`).join('\n\n'), citations };
}
