import { RpcClient } from '@atrium/bus';
import { accounts, AppError, type Answer, type AnswerHistory, type Call } from '@atrium/contracts';
import { CONFIG, readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { AnswersService } from '../answers/answers.service.ts';
import { RetrievalRepository } from '../answers/retrieval.repository.ts';
import type { FilesConfig } from '../config.ts';
import { FilesService, requireAskable } from '../files/files.service.ts';
import { toAnswer } from './chat.mapper.ts';
import { ChatsRepository, type Asked } from './chats.repository.ts';
import { FileChatEntity } from './file-chat.entity.ts';

type Question = { roomId: string; fileId?: string; fileIds?: string[]; question: string; idempotencyKey?: string };
type Rating = { roomId: string; answerId: string; helpful: boolean | null };
type History = { roomId: string; fileId?: string; cursor?: string; limit: number };

/** Former questions a follow-up may lean on. */
const HISTORY = 3;
const CHARGE_MS = 2000;
const CHARGE_TRIES = 3;

/** Questions to files: paid for with credits when they are answered, once per idempotency key, remembered per asker. */
@Injectable()
export class ChatsService {
  private readonly logger = new Logger('chats');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly files: FilesService,
    private readonly retrieval: RetrievalRepository,
    private readonly answers: AnswersService,
    private readonly chats: ChatsRepository,
    private readonly rpc: RpcClient,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async ask(userId: string, wanted: Question, call: Call): Promise<Answer> {
    const seesSince = await this.requireReady(userId, wanted, call);
    const asked = {
      ...wanted,
      fileId: wanted.fileId ?? null,
      // In one order, so that a repeat is known as one.
      fileIds: wanted.fileIds ? [...new Set(wanted.fileIds)].sort() : null,
      idempotencyKey: wanted.idempotencyKey ?? null,
      userId,
    };
    const chat = await this.chats.claim(this.em, asked, call.deadlineAt);
    if (chat.answeredAt) return toAnswer(requireStillSeen(chat, seesSince));
    try {
      const held = await this.reserve(chat, call);
      const finding = await this.answers.find(
        { roomId: chat.roomId, fileIds: asked.fileId ? [asked.fileId] : asked.fileIds, userId },
        { question: chat.question, history: await this.formerQueries(asked, seesSince), deadlineAt: call.deadlineAt },
      );
      if (Date.now() > call.deadlineAt) throw new AppError('deadline_exceeded');
      const price = finding.status === 'answered' ? this.config.FILES_QUESTION_COST : 0;
      const creditsLeft = held + this.config.FILES_QUESTION_COST - price;
      const answered = await this.chats.storeAnswer(this.em, chat, { ...finding, cost: price, creditsLeft });
      await (price > 0 ? this.charge(answered, call) : this.release(answered, call));
      return toAnswer(answered);
    } catch (error) {
      await this.giveUp(chat, call);
      throw error;
    }
  }

  /** Newest first. */
  async history(userId: string, { roomId, fileId, cursor, limit }: History, call: Call): Promise<AnswerHistory> {
    const since = await this.requireVisible(userId, roomId, fileId, call);
    const rows = await this.chats.findAnswered(
      this.em,
      { userId, roomId, fileId: fileId ?? null },
      { before: readIdCursor(cursor), since, limit: limit + 1 },
    );
    const items = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items: items.map(toAnswer), nextCursor, questionCost: this.config.FILES_QUESTION_COST };
  }

  async clear(userId: string, { roomId, fileId }: { roomId: string; fileId?: string }, call: Call): Promise<void> {
    await this.requireVisible(userId, roomId, fileId, call);
    await this.em.nativeDelete(FileChatEntity, { userId, roomId, fileId: fileId ?? null, answeredAt: { $ne: null } });
  }

  async rate(userId: string, { roomId, answerId, helpful }: Rating, call: Call): Promise<Answer> {
    const { seesSince } = await this.access.requireMember(userId, roomId, call);
    const seen = seesSince ? { createdAt: { $gte: seesSince } } : {};
    const where = { id: answerId, userId, roomId, answeredAt: { $ne: null }, ...seen };
    const rated = await this.em.nativeUpdate(FileChatEntity, where, { helpful });
    if (rated === 0) throw new AppError('answer_not_found');
    return toAnswer(await this.em.fork().findOneOrFail(FileChatEntity, { id: answerId }));
  }

  /** Answers since when they see what was asked: a file they see at all is younger, and so is what was asked of it. */
  private async requireVisible(userId: string, roomId: string, fileId: string | undefined, call: Call): Promise<Date | null> {
    if (fileId === undefined) return (await this.access.requireMember(userId, roomId, call)).seesSince;
    await this.files.getVisible(userId, { roomId, fileId }, call);
    return null;
  }

  private async requireReady(userId: string, { roomId, fileId, fileIds }: Question, call: Call): Promise<Date | null> {
    for (const chosen of fileId === undefined ? (fileIds ?? []) : [fileId]) {
      requireAskable(await this.files.getVisible(userId, { roomId, fileId: chosen }, call));
    }
    if (fileId !== undefined) return null;
    const { seesSince } = await this.access.requireMember(userId, roomId, call);
    const ready = await this.retrieval.countReady(this.em.fork(), { roomId, fileIds: fileIds ?? null, userId });
    if (ready === 0) throw new AppError('file_not_ready', 'No file of this room is ready for questions.', { fileStatus: 'none' });
    return seesSince;
  }

  private async formerQueries(asked: Asked, since: Date | null): Promise<string[]> {
    const rows = await this.chats.findAnswered(this.em, asked, { since, limit: HISTORY });
    return rows.map((row) => row.queryUsed ?? row.question);
  }

  /** A question taken over from a crash still has its reservation; one that lapsed was never charged, so a new one is made. */
  private async reserve(chat: FileChatEntity, call: Call): Promise<number> {
    const hold = async (key: string) => {
      const reservation = { key, amount: this.config.FILES_QUESTION_COST, reason: 'file question', ref: chat.id };
      return (await this.rpc.call(accounts.reserveCredits, reservation, call)).creditsLeft;
    };
    try {
      return await hold(chat.reservationKey);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reservation_conflict') throw error;
      return hold(await this.chats.renewReservation(this.em, chat));
    }
  }

  /**
   * Repeated when no answer came: the same key is charged once. When none comes at all, the stored answer stands, so
   * that nobody pays for nothing, nor twice by asking again: either it was charged, or its reservation lapses.
   */
  private async charge(chat: FileChatEntity, call: Call): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const paid = { key: chat.reservationKey, amount: this.config.FILES_QUESTION_COST };
        await this.rpc.call(accounts.commitCredits, paid, { ...call, deadlineAt: Date.now() + CHARGE_MS });
        return;
      } catch (error) {
        const unknown = error instanceof AppError && ['unavailable', 'deadline_exceeded', 'internal'].includes(error.kind);
        if (!unknown) throw error;
        if (attempt < CHARGE_TRIES) continue;
        this.logger.warn(`question ${chat.id} is answered, and perhaps not charged: ${error.message}`);
        return;
      }
    }
  }

  /** Lets the same key be asked again, and gives the credits back. */
  private async giveUp(chat: FileChatEntity, call: Call): Promise<void> {
    try {
      await this.chats.drop(this.em, chat);
    } catch (error) {
      this.logger.warn(`question ${chat.id} was not given up: ${(error as Error).message}`);
    }
    await this.release(chat, call);
  }

  /** A reservation that is not given back lapses by itself in five minutes. */
  private async release(chat: FileChatEntity, call: Call): Promise<void> {
    try {
      await this.rpc.call(accounts.releaseCredits, { key: chat.reservationKey }, { ...call, deadlineAt: Date.now() + CHARGE_MS });
    } catch (error) {
      this.logger.warn(`question ${chat.id} was not released: ${(error as Error).message}`);
    }
  }
}

/** An answer from before someone left and came back may quote files that the room hides from them now. */
function requireStillSeen(chat: FileChatEntity, seesSince: Date | null): FileChatEntity {
  if (!seesSince || chat.createdAt >= seesSince) return chat;
  throw new AppError('idempotency_conflict', 'The key was used before you joined the room.');
}
