import type { Answer } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { NO_EVIDENCE, type AnswerDraft, type AnswerRequest, type Answerer } from './answerer.ts';
import { isTrueQuote } from './citation-check.ts';
import { rewriteQuestion } from '../questions/follow-up.ts';
import { RetrievalRepository, type Scope } from './retrieval.repository.ts';

/** Injection token of the answerer that the configuration chose. */
export const ANSWERER = Symbol('ANSWERER');

const CLOSEST = 'This does not answer it directly. The nearest passages:';

export type Finding = Pick<Answer, 'status' | 'confidence' | 'queryUsed' | 'answer' | 'citations'>;

/** A question and the asker's former queries about the same files, newest first. */
type Asked = { question: string; history: string[]; deadlineAt: number };

/** From a question to what the files say of it, every citation compared with the stored text. */
@Injectable()
export class AnswersService {
  private readonly logger = new Logger('answers');

  constructor(
    private readonly em: EntityManager,
    private readonly retrieval: RetrievalRepository,
    @Inject(ANSWERER) private readonly answerer: Answerer,
  ) {}

  async find(scope: Scope, asked: Asked): Promise<Finding> {
    const { queryUsed, request } = await this.requestOf(scope, asked);
    const draft = await this.answerer.answer(request);
    if (draft.status === 'no_evidence' || !(await this.holds(scope, draft)))
      return { ...NO_EVIDENCE, confidence: 0, queryUsed, answer: nothingFound(scope) };
    return { ...draft, queryUsed, answer: draft.status === 'closest' ? `${CLOSEST}\n\n${draft.answer}` : draft.answer };
  }

  /** A question with the passages it is put to. */
  async requestOf(scope: Scope, asked: Asked): Promise<{ queryUsed: string; request: AnswerRequest }> {
    const { queryUsed, question, context } = rewriteQuestion(asked.question, asked.history);
    const keys = [...new Set([...question.terms, ...context].map((term) => term.key))];
    const em = this.em.fork();
    const { passages, holders, total } = await (question.ofWhole
      ? this.retrieval.findForWhole(em, scope, question.ofWhole)
      : this.retrieval.search(em, scope, keys));
    const holding = (term: { key: string }) => holders.get(term.key) ?? 0;
    return { queryUsed, request: { question, context, passages, holding, total, deadlineAt: asked.deadlineAt } };
  }

  /** A file may have been deleted or extracted again meanwhile; then nothing is claimed of it. */
  private async holds(scope: Scope, draft: AnswerDraft): Promise<boolean> {
    for (const citation of draft.citations) {
      const page = await this.retrieval.findPage(this.em.fork(), scope, citation);
      if (isTrueQuote(citation, page)) continue;
      this.logger.warn(`a citation of file ${citation.fileId}, page ${citation.page}, does not match its text`);
      return false;
    }
    return draft.citations.length > 0;
  }
}

function nothingFound({ fileIds }: Scope): string {
  if (fileIds?.length === 1) return 'Nothing in this file answers that.';
  return fileIds ? 'Nothing in the chosen files answers that.' : 'Nothing in the files of this room answers that.';
}
