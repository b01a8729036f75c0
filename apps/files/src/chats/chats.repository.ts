import { AppError, type Answer } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileChatEntity } from './file-chat.entity.ts';

/** @property fileIds those chosen of a room's; null for all of them */
export type Asked = {
  userId: string;
  roomId: string;
  fileId: string | null;
  fileIds: string[] | null;
  question: string;
  idempotencyKey: string | null;
};
type Whose = Pick<Asked, 'userId' | 'roomId' | 'fileId'>;
type AnswerColumns = Pick<Answer, 'status' | 'confidence' | 'queryUsed' | 'answer' | 'citations' | 'cost' | 'creditsLeft'>;

/** A claim older than this belonged to a process that is gone: no answer takes longer. */
const ABANDONED_AFTER_MS = 60_000;
const POLL_MS = 100;

@Injectable()
export class ChatsRepository {
  /**
   * The row of this question, claimed by the caller, or already answered under the same key. While another call with
   * the same key is being answered, waits for that one.
   */
  async claim(em: EntityManager, asked: Asked, deadlineAt: number): Promise<FileChatEntity> {
    for (;;) {
      const claimed = (await this.insert(em, asked)) ?? (await this.takeOver(em, asked));
      if (claimed) return claimed;
      const known = await em.fork().findOne(FileChatEntity, { userId: asked.userId, idempotencyKey: asked.idempotencyKey });
      if (known) requireSameQuestion(known, asked);
      if (known?.answeredAt) return known;
      if (Date.now() + POLL_MS > deadlineAt) throw new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** @param page.since hides what was asked before */
  findAnswered(
    em: EntityManager,
    { userId, roomId, fileId }: Whose,
    page: { before?: string; since: Date | null; limit: number },
  ): Promise<FileChatEntity[]> {
    const older = page.before === undefined ? {} : { id: { $lt: page.before } };
    const seen = page.since ? { createdAt: { $gte: page.since } } : {};
    const where = { userId, roomId, fileId, answeredAt: { $ne: null }, ...older, ...seen };
    return em.fork().find(FileChatEntity, where, { orderBy: { id: 'desc' }, limit: page.limit });
  }

  async renewReservation(em: EntityManager, chat: FileChatEntity): Promise<string> {
    chat.reservationKey = `ask-${uuidv7()}`;
    await em.nativeUpdate(FileChatEntity, { id: chat.id, answeredAt: null }, { reservationKey: chat.reservationKey });
    return chat.reservationKey;
  }

  /** Refuses when the question is gone: its file was deleted meanwhile, and nothing may be told of it any more. */
  async storeAnswer(em: EntityManager, chat: FileChatEntity, columns: AnswerColumns): Promise<FileChatEntity> {
    const stored = { ...columns, answeredAt: new Date() };
    const updated = await em.nativeUpdate(FileChatEntity, { id: chat.id }, stored);
    if (updated === 0) throw new AppError('file_not_found');
    return Object.assign(chat, stored);
  }

  async drop(em: EntityManager, chat: FileChatEntity): Promise<void> {
    await em.nativeDelete(FileChatEntity, { id: chat.id });
  }

  private async insert(em: EntityManager, asked: Asked): Promise<FileChatEntity | null> {
    const now = new Date().toISOString();
    const id = uuidv7();
    const inserted = await em.execute<{ id: string }[]>(
      `insert into file_chats (id, room_id, file_id, file_ids, user_id, idempotency_key, question, reservation_key, created_at, claimed_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (user_id, idempotency_key) do nothing returning id`,
      [
        id,
        asked.roomId,
        asked.fileId,
        asked.fileIds && JSON.stringify(asked.fileIds),
        asked.userId,
        asked.idempotencyKey,
        asked.question,
        `ask-${id}`,
        now,
        now,
      ],
    );
    return inserted.length === 0 ? null : em.fork().findOneOrFail(FileChatEntity, { id });
  }

  private async takeOver(em: EntityManager, asked: Asked): Promise<FileChatEntity | null> {
    const abandoned = new Date(Date.now() - ABANDONED_AFTER_MS).toISOString();
    const taken = await em.execute<{ id: string }[]>(
      `update file_chats set claimed_at = now() where user_id = ? and idempotency_key = ? and question = ?
         and room_id = ? and file_id is not distinct from ?::uuid and file_ids is not distinct from ?::jsonb and answered_at is null and claimed_at < ? returning id`,
      [
        asked.userId,
        asked.idempotencyKey,
        asked.question,
        asked.roomId,
        asked.fileId,
        asked.fileIds && JSON.stringify(asked.fileIds),
        abandoned,
      ],
    );
    return taken.length === 0 ? null : em.fork().findOneOrFail(FileChatEntity, { id: taken[0]!.id });
  }
}

function requireSameQuestion(known: FileChatEntity, asked: Asked): void {
  const same =
    known.question === asked.question &&
    known.roomId === asked.roomId &&
    (known.fileId ?? null) === asked.fileId &&
    JSON.stringify(known.fileIds ?? null) === JSON.stringify(asked.fileIds);
  if (!same) throw new AppError('idempotency_conflict', 'The same key was used for another question.');
}
