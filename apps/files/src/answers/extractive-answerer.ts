import type { Citation } from '@atrium/contracts';
import { sliceCodePoints } from '../text/code-points.ts';
import type { AnswerDraft, AnswerRequest, Answerer, Passage } from './answerer.ts';
import { bylineOf } from './byline.ts';
import { weighEvidence, type Evidence } from './evidence.ts';
import { isConvincing, misleads, strength } from './judgement.ts';
import { overviewOf } from './overview.ts';
import type { ParsedQuestion } from './question.ts';

/** Sentences an answer quotes at most. */
const MAX_QUOTES = 3;
/** A sentence must be nearly as strong as the strongest to be quoted at all. */
const NEARLY = 0.8;

type Quoted = Pick<Evidence, 'passage' | 'from' | 'start' | 'end'>;

/** Answers in the file's own words: the sentences that bear on the question, quoted, or nothing. */
export class ExtractiveAnswerer implements Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft> {
    const told = request.question.ofWhole ? tellOfWhole(request.question.ofWhole, request.passages) : weighed(request);
    return Promise.resolve(told.length > 0 ? compose(request.question, told) : null);
  }
}

function tellOfWhole(asked: 'content' | 'author', passages: Passage[]): Quoted[] {
  const byline = asked === 'author' ? bylineOf(passages) : null;
  const places = asked === 'content' ? overviewOf(passages, MAX_QUOTES) : byline ? [byline] : [];
  return places.map(({ passage, start, end }) => ({ passage, start, end, from: start }));
}

/** The sentences that answer, the strongest first. */
function weighed(request: AnswerRequest): Evidence[] {
  const ranked = weighEvidence(request)
    .map((evidence) => ({ evidence, strength: strength(request, evidence) }))
    .sort((a, b) => b.strength - a.strength);
  const [best] = ranked;
  if (!best || misleads(request, best.evidence)) return [];
  const least = best.strength * NEARLY;
  const chosen: Evidence[] = [];
  for (const { evidence, strength: value } of ranked) {
    if (chosen.length === MAX_QUOTES || value < least) break;
    if (isConvincing(request, evidence) && !chosen.some((other) => other.quote === evidence.quote)) chosen.push(evidence);
  }
  return chosen;
}

function compose({ expects }: ParsedQuestion, chosen: Quoted[]): AnswerDraft {
  const citations: Citation[] = [];
  for (const { passage, from, start: own, end } of chosen) {
    // Asked for a person, "he" is no answer; what another quote shows already is not shown twice.
    const shown = citations.some(
      (other) => other.fileId === passage.fileId && other.page === passage.page && other.start < own && other.end > from,
    );
    const start = expects === 'person' && !shown ? from : own;
    const quote = sliceCodePoints(passage.text, start - passage.start, end - passage.start);
    citations.push({ n: citations.length + 1, fileId: passage.fileId, version: passage.version, page: passage.page, start, end, quote });
  }
  return { answer: citations.map(({ quote, n }) => `${quote} [${n}]`).join('\n\n'), citations };
}
