import type { Answer } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AnswerDraft, Answerer } from './answerer.ts';
import { isTrueQuote } from './citation-check.ts';
import { rewriteQuestion } from './follow-up.ts';
import { RetrievalRepository, type Scope } from './retrieval.repository.ts';

/** Injection token of the answerer that the configuration chose. */
export const ANSWERER = Symbol('ANSWERER');

export type Finding = Pick<Answer, 'status' | 'queryUsed' | 'answer' | 'citations'>;

/** From a question to an answer whose every citation was compared with the stored text, or an honest "nothing". */
@Injectable()
export class AnswersService {
  private readonly logger = new Logger('answers');

  constructor(
    private readonly em: EntityManager,
    private readonly retrieval: RetrievalRepository,
    @Inject(ANSWERER) private readonly answerer: Answerer,
  ) {}

  /** @param asked.history the asker's former queries about the same files, newest first */
  async find(scope: Scope, asked: { question: string; history: string[]; deadlineAt: number }): Promise<Finding> {
    const { queryUsed, question, context } = rewriteQuestion(asked.question, asked.history);
    const keys = [...new Set([...question.terms, ...context].map((term) => term.key))];
    const em = this.em.fork();
    const { passages, weights } = await (question.ofWhole
      ? this.retrieval.findOpenings(em, scope)
      : this.retrieval.search(em, scope, keys));
    const weightOf = (term: { key: string }) => weights.get(term.key) ?? 0;
    const draft = await this.answerer.answer({ question, context, passages, weightOf, deadlineAt: asked.deadlineAt });
    if (!draft || !(await this.holds(scope, draft)))
      return { status: 'no_evidence', queryUsed, answer: nothingFound(scope), citations: [] };
    return { status: 'answered', queryUsed, ...draft };
  }

  /** A file may have been deleted or extracted again meanwhile; then nothing is claimed of it. */
  private async holds(scope: Scope, draft: NonNullable<AnswerDraft>): Promise<boolean> {
    for (const citation of draft.citations) {
      const page = await this.retrieval.findPage(this.em.fork(), scope, citation);
      if (isTrueQuote(citation, page)) continue;
      this.logger.warn(`a citation of file ${citation.fileId}, page ${citation.page}, does not match its text`);
      return false;
    }
    return draft.citations.length > 0;
  }
}

function nothingFound({ fileId }: Scope): string {
  return fileId === null ? 'Nothing in the files of this room answers that.' : 'Nothing in this file answers that.';
}
