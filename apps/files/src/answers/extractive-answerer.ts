import { NO_EVIDENCE, type AnswerDraft, type AnswerRequest, type Answerer } from './answerer.ts';
import { candidatesIn } from './candidates.ts';
import { compose, quotesOf } from './composition.ts';
import { decide } from './decision.ts';
import { rank } from './ranking.ts';
import { tellOfWhole } from '../whole-file/whole-file.ts';

/** Answers in the file's own words: candidates, ranking, decision, composition. */
export class ExtractiveAnswerer implements Answerer {
  answer(request: AnswerRequest): Promise<AnswerDraft> {
    return Promise.resolve(request.question.ofWhole ? tellOfWhole(request.question.ofWhole, request.passages) : fromSentences(request));
  }
}

function fromSentences(request: AnswerRequest): AnswerDraft {
  const ranking = rank(request, candidatesIn(request.passages));
  const decision = decide(request.question, ranking);
  if (decision.status === 'no_evidence') return { ...NO_EVIDENCE, confidence: decision.confidence };
  return { ...decision, ...compose(quotesOf(request.question, ranking.ranked)) };
}
