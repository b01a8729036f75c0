import type { Citation } from '@atrium/contracts';
import { NO_EVIDENCE, type AnswerDraft, type Passage } from '../answers/answerer.ts';
import { bylineOf } from './byline.ts';
import type { Sentence } from '../answers/candidate.ts';
import { sentencesIn } from '../answers/candidates.ts';
import { compose, type Quoted } from '../answers/composition.ts';
import type { WholeRequest } from './request-words.ts';
import { overviewOf, STATEMENT_END } from './overview.ts';

const OVERVIEW_SENTENCES = 3;
/** More than these are no answer but the file. */
const MOST_DATES = 20;

const PLACES: Record<WholeRequest, (passages: Passage[]) => Quoted[]> = {
  content: (passages) => overviewOf(passages, OVERVIEW_SENTENCES),
  author: (passages) => [bylineOf(passages)].filter((byline) => byline !== null),
  dates: (passages) => datedIn(passages).slice(0, MOST_DATES),
  // "Date: 12 May", "Minutes of 12 May": a full sentence tells of something else.
  dated: (passages) =>
    datedIn(passages)
      .filter(({ quote }) => !STATEMENT_END.test(quote))
      .slice(0, 1),
  pages: (passages) => passages.flatMap((passage) => sentencesIn(passage).slice(0, 1)),
};

const datedIn = (passages: Passage[]): Sentence[] =>
  passages
    .toSorted((a, b) => (a.fileId === b.fileId ? a.page - b.page || a.start - b.start : 0))
    .flatMap(sentencesIn)
    .filter(({ terms }) => terms.some((term) => term.kind === 'date'));

/** Answers what is asked of a file as a whole, whose words need not stand in it. */
export function tellOfWhole(asked: WholeRequest, passages: Passage[]): AnswerDraft {
  const places = PLACES[asked](passages);
  if (places.length === 0) return NO_EVIDENCE;
  const composed = compose(places);
  return { status: 'answered', confidence: 1, ...composed, ...(asked === 'pages' ? { answer: countPages(composed.citations) } : {}) };
}

const countPages = (last: Citation[]) =>
  last.map(({ page, quote, n }) => `${page} ${page === 1 ? 'page' : 'pages'}; the last one holds: ${quote} [${n}]`).join('\n\n');
