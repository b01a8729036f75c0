import type { Citation } from '@atrium/contracts';
import type { AnswerDraft, AnswerRequest, Answerer } from './answerer.ts';
import { weighEvidence, type Evidence } from './evidence.ts';
import { isConvincing, strength } from './judgement.ts';

/** Sentences an answer quotes at most. */
const MAX_QUOTES = 3;
/** A further sentence must be nearly as strong as the first to be quoted beside it. */
const NEARLY = 0.85;

/** Answers in the file's own words: the sentences that bear on the question, quoted, or nothing. */
export class ExtractiveAnswerer implements Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft> {
    const ranked = weighEvidence(request)
      .map((evidence) => ({ evidence, strength: strength(request, evidence) }))
      .sort((a, b) => b.strength - a.strength);
    const best = ranked[0];
    if (!best || !isConvincing(request, best.evidence)) return Promise.resolve(null);
    const chosen = [best.evidence];
    for (const { evidence, strength: value } of ranked.slice(1)) {
      if (chosen.length === MAX_QUOTES || value < best.strength * NEARLY) break;
      if (isConvincing(request, evidence) && !chosen.some((other) => other.quote === evidence.quote)) chosen.push(evidence);
    }
    return Promise.resolve(compose(chosen));
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
