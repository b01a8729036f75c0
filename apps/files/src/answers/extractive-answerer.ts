import { NO_EVIDENCE, type AnswerDraft, type AnswerRequest, type Answerer } from './answerer.ts';
import { tellOfWhole } from '../whole-file/whole-file.ts';
import { candidatesIn } from './candidates.ts';
import { compose, quotesOf } from './composition.ts';
import { decide } from './decision.ts';
import type { Embeddings } from '../models/embeddings.ts';
import { rank } from './ranking.ts';

/** Answers in the file's own words: candidates, ranking, decision, composition. */
export class ExtractiveAnswerer implements Answerer {
  private readonly embeddings: Embeddings | undefined;

  /** @param embeddings rank by meaning as well, where an endpoint is configured */
  constructor(embeddings?: Embeddings) {
    this.embeddings = embeddings;
  }

  async answer(request: AnswerRequest): Promise<AnswerDraft> {
    const { question, passages } = request;
    const told = question.ofWhole ? tellOfWhole(question.ofWhole, passages) : NO_EVIDENCE;
    // "Who wrote the book?" may be about a book that the file speaks of.
    if (told.status !== 'no_evidence') return told;
    const byWords = rank(request, candidatesIn(passages));
    const ranking = this.embeddings ? await this.embeddings.rerank(question.text, byWords) : byWords;
    const decision = decide(question, ranking);
    if (decision.status === 'no_evidence') return { ...NO_EVIDENCE, confidence: decision.confidence };
    return { ...decision, ...compose(quotesOf(question, ranking.ranked, decision)) };
  }
}
