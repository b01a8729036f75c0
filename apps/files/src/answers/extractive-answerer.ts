import type { Citation } from '@atrium/contracts';
import type { AnswerDraft, AnswerRequest, Answerer } from './answerer.ts';
import { weighEvidence, type Evidence } from './evidence.ts';
import { isConvincing, strength } from './judgement.ts';

/** Sentences an answer quotes at most. */
const MAX_QUOTES = 3;
/** A sentence must be nearly as strong as the strongest to be quoted at all. */
const NEARLY = 0.8;

/** Answers in the file's own words: the sentences that bear on the question, quoted, or nothing. */
export class ExtractiveAnswerer implements Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft> {
    const ranked = weighEvidence(request)
      .map((evidence) => ({ evidence, strength: strength(request, evidence) }))
      .sort((a, b) => b.strength - a.strength);
    const least = (ranked[0]?.strength ?? 0) * NEARLY;
    const chosen: Evidence[] = [];
    for (const { evidence, strength: value } of ranked) {
      if (chosen.length === MAX_QUOTES || value < least) break;
      if (isConvincing(request, evidence) && !chosen.some((other) => other.quote === evidence.quote)) chosen.push(evidence);
    }
    return Promise.resolve(chosen.length > 0 ? compose(chosen) : null);
  }
}

function compose(chosen: Evidence[]): AnswerDraft {
  const citations = chosen.map((evidence, i): Citation => ({
    n: i + 1,
    fileId: evidence.passage.fileId,
    version: evidence.passage.version,
    page: evidence.passage.page,
    start: evidence.start,
    end: evidence.end,
    quote: evidence.quote,
  }));
  return { answer: citations.map(({ quote, n }) => `${quote} [${n}]`).join('\n\n'), citations };
}
