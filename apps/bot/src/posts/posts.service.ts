import { RpcClient, systemCall, type CallOptions } from '@atrium/bus';
import { AppError, messages, type Message } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { AnswersRepository, type NewAnswer, type StoredAnswer } from '../answers/answers.repository.ts';
import { RoomStatesRepository, type RoomState } from '../rooms/room-states.repository.ts';
import { Languages } from '../words/languages.ts';
import { inLanguage } from '../words/words.ts';

export const MAX_POSTS_PER_MINUTE = 10;
const MAX_ANSWER_LENGTH = 8000;

type Wanted = Omit<NewAnswer, 'clientId'> & { clientId?: string };

/** What the bot says in rooms: each thing once, and not more than a room can bear. */
@Injectable()
export class PostsService {
  private readonly logger = new Logger('bot');

  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly answers: AnswersRepository,
    private readonly states: RoomStatesRepository,
    private readonly languages: Languages,
  ) {}

  /** Writes what a whole room reads. */
  inRoomsLanguage<T>(write: () => T): T {
    return inLanguage(this.languages.ofRooms, write);
  }

  find(id: string): Promise<StoredAnswer | null> {
    return this.answers.find(this.em, id);
  }

  /**
   * Keeps a post before it is made, so that a repeat says the same words; null when the room has heard enough for a
   * minute, or `mayPost` does not hold. The room's row is locked, so that two instances cannot both be the tenth.
   */
  async keep(wanted: Wanted, mayPost: (state: RoomState) => boolean = () => true): Promise<StoredAnswer | null> {
    const answer: NewAnswer = { ...wanted, clientId: wanted.clientId ?? `bot:${wanted.messageId}`, body: cut(wanted.body) };
    return transact(this.em, async (tx) => {
      const state = await this.states.lock(tx, answer.roomId);
      const earlier = await this.answers.find(tx, answer.messageId);
      if (earlier) return earlier;
      if (!mayPost(state)) return null;
      if ((await this.answers.countLastMinute(tx, answer.roomId)) >= MAX_POSTS_PER_MINUTE) {
        this.logger.warn({ roomId: answer.roomId }, 'the bot has said enough in this room for a minute');
        return null;
      }
      await this.answers.add(tx, answer);
      return { ...answer, posted: false };
    });
  }

  /**
   * Slow mode, for what somebody has a bot say to the room: asked before anything is done for it, and counted as theirs.
   * @param turnId the same again is the same turn @throws AppError `slow_mode`
   */
  async takeTurn(roomId: string, turnId: string, call: CallOptions): Promise<void> {
    await this.rpc.call(messages.takeTurn, { roomId, turnId }, call);
  }

  /** Nothing was said after all: whoever took the turn need not wait for the next. */
  async giveTurnBack(roomId: string, turnId: string, call: CallOptions): Promise<void> {
    try {
      await this.rpc.call(messages.giveTurnBack, { roomId, turnId }, call);
    } catch (error) {
      this.logger.warn({ roomId, code: AppError.from(error).code }, 'a turn was not given back: its member waits as after a message');
    }
  }

  /** Posts what was kept. @param authorId the bot that says it, if not the room bot @throws AppError where the room does not take it; trying again changes nothing then. */
  async post({ messageId, roomId, parentId, body, clientId }: StoredAnswer, authorId?: string): Promise<Message> {
    const input = { roomId, body, clientId, parentId: parentId ?? undefined, authorId };
    try {
      const { message } = await this.rpc.call(messages.postAsBot, input, systemCall());
      await this.answers.markPosted(this.em, messageId);
      return message;
    } catch (error) {
      if (isFinal(error)) await this.answers.markPosted(this.em, messageId);
      throw error;
    }
  }
}

/** The room is gone or closed, or the bot was switched off meanwhile. */
export const isFinal = (error: unknown): boolean => ['not_found', 'conflict', 'permission_denied'].includes(AppError.from(error).kind);

const cut = (body: string): string =>
  [...body].length > MAX_ANSWER_LENGTH ? `${[...body].slice(0, MAX_ANSWER_LENGTH - 1).join('')}…` : body;
