import type { Call, Guide } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { FilesConfig } from '../config.ts';
import { FilesService, requireAskable } from '../files/files.service.ts';
import { AnswersService } from '../answers/answers.service.ts';
import { compose } from '../answers/composition.ts';
import { ExtractiveAnswerer } from '../answers/extractive-answerer.ts';
import { suggestQuestions } from './guide.ts';
import { overviewOf } from './overview.ts';
import { RetrievalRepository } from '../answers/retrieval.repository.ts';

const QUESTIONS = 5;
const SENTENCES = 3;

/** What a file offers on arrival: what it is about, and questions that it was tried on and answers. */
@Injectable()
export class GuidesService {
  /** Not the configured one: a model would be asked for money. */
  private readonly answerer = new ExtractiveAnswerer();

  constructor(
    private readonly em: EntityManager,
    private readonly files: FilesService,
    private readonly retrieval: RetrievalRepository,
    private readonly answers: AnswersService,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async find(userId: string, { roomId, fileId }: { roomId: string; fileId: string }, call: Call): Promise<Guide> {
    requireAskable(await this.files.getVisible(userId, { roomId, fileId }, call));
    const scope = { roomId, fileIds: [fileId], userId };
    const { passages } = await this.retrieval.findForWhole(this.em.fork(), scope, 'content');
    const questions: string[] = [];
    for (const question of suggestQuestions(passages)) {
      if (questions.length === QUESTIONS) break;
      const { request } = await this.answers.requestOf(scope, { question, history: [], deadlineAt: call.deadlineAt });
      const { status } = await this.answerer.answer(request);
      if (status === 'answered') questions.push(question);
    }
    const { citations } = compose(overviewOf(passages, SENTENCES));
    return { summary: citations, questions, questionCost: this.config.FILES_QUESTION_COST };
  }
}
