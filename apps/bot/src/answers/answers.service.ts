import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, messages, type Message } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { CommandRegistry } from '../commands/command-registry.ts';
import { isLiteral, parseCommand, type ParsedCommand } from '../commands/parse-command.ts';
import { KeywordsService } from '../keywords/keywords.service.ts';
import { RoomStatesRepository, type RoomState } from '../rooms/room-states.repository.ts';
import { RoomStatesService, type Membership } from '../rooms/room-states.service.ts';
import { AnswersRepository, type NewAnswer, type StoredAnswer } from './answers.repository.ts';

export const MAX_POSTS_PER_MINUTE = 10;
const MAX_ANSWER_LENGTH = 8000;

type Wanted = { command: ParsedCommand } | { keywordAnswer: string };
type Asker = Membership & { member: NonNullable<Membership['member']> };

/** Decides whether a message is answered, and with what; answers it once. */
@Injectable()
export class AnswersService {
  private readonly logger = new Logger('bot');

  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly answers: AnswersRepository,
    private readonly states: RoomStatesRepository,
    private readonly roomStates: RoomStatesService,
    private readonly commands: CommandRegistry,
    private readonly keywords: KeywordsService,
  ) {}

  async consider(message: Message): Promise<void> {
    const wanted = await this.wanted(message);
    if (!wanted) return;
    const state = await this.roomStates.get(message.roomId, message.authorId);
    if (!state || !mayAnswer(state, message.seq)) return;
    const stored = (await this.answers.find(this.em, message.id)) ?? (await this.compose(message, wanted, state));
    if (stored && !stored.posted) await this.post(stored);
  }

  /** Nearly every message asks for nothing: this costs no query, and leaves no trace of what was said. */
  private async wanted(message: Message): Promise<Wanted | null> {
    if (isLiteral(message.body)) return null;
    const command = parseCommand(message.body);
    if (command) return { command };
    const keywordAnswer = await this.keywords.answerTo(message.roomId, message.body);
    return keywordAnswer === null ? null : { keywordAnswer };
  }

  /** Makes the answer and keeps it before it is posted, so that a redelivery posts the same words. */
  private async compose(message: Message, wanted: Wanted, state: RoomState): Promise<StoredAnswer | null> {
    const asker = await this.findAsker(message);
    if (!asker) return null;
    const body = 'keywordAnswer' in wanted ? wanted.keywordAnswer : await this.run(wanted.command, message, { asker, state });
    if (body === null) return null;
    const parentId = message.parentId ?? null;
    return this.keep({ messageId: message.id, roomId: message.roomId, parentId, body: body.slice(0, MAX_ANSWER_LENGTH) }, message.seq);
  }

  /**
   * Rooms is asked before anything is read or written: what the log has not told yet counts too, be it that the bot
   * was switched off or that the asker is out.
   */
  private async findAsker(message: Message): Promise<Asker | null> {
    const membership = await this.roomStates.findMembership(message.roomId, message.authorId);
    if (!membership?.member || !membership.room.botEnabled || membership.room.archivedAt) return null;
    return { ...membership, member: membership.member };
  }

  private async run(
    { name, args }: ParsedCommand,
    message: Message,
    { asker, state }: { asker: Asker; state: RoomState },
  ): Promise<string | null> {
    const command = this.commands.find(name);
    if (!command) return `I do not know \`/${name}\`. \`/help\` shows what I can do; \`//${name}\` sends it as text.`;
    if (!command.description.allowedRoles.includes(asker.member.role)) return `\`/${name}\` is not for your role in this room.`;
    const { room, member } = asker;
    const hiddenUpToSeq = room.historyVisibility === 'since_join' ? state.lastJoinSeq : 0;
    try {
      const call = { actorId: member.userId };
      return await command.answer({ roomId: message.roomId, room, asker: member, message, args, call, hiddenUpToSeq });
    } catch (error) {
      return this.leaveUnanswered(error, message);
    }
  }

  /** A refusal means the asker may not know: silence. Anything else may pass, and the delivery is repeated. */
  private leaveUnanswered(error: unknown, message: Message): null {
    const known = AppError.from(error);
    if (['unavailable', 'deadline_exceeded', 'internal'].includes(known.kind)) throw error;
    this.logger.log({ messageId: message.id, code: known.code }, 'a command is not answered');
    return null;
  }

  /** The room's row is locked, so that two instances cannot both be the tenth. */
  private async keep(answer: NewAnswer, seq: number): Promise<StoredAnswer | null> {
    return transact(this.em, async (tx) => {
      const state = await this.states.lock(tx, answer.roomId);
      const earlier = await this.answers.find(tx, answer.messageId);
      if (earlier) return earlier;
      if (!mayAnswer(state, seq)) return null;
      if ((await this.answers.countLastMinute(tx, answer.roomId)) >= MAX_POSTS_PER_MINUTE) {
        this.logger.warn({ roomId: answer.roomId }, 'the bot has said enough in this room for a minute');
        return null;
      }
      await this.answers.add(tx, answer);
      return { ...answer, posted: false };
    });
  }

  private async post({ messageId, roomId, parentId, body }: StoredAnswer): Promise<void> {
    try {
      const clientId = `bot:${messageId}`;
      await this.rpc.call(messages.postAsBot, { roomId, body, clientId, parentId: parentId ?? undefined }, systemCall());
    } catch (error) {
      const known = AppError.from(error);
      // The room is gone or closed, or the bot was switched off meanwhile: trying again changes nothing.
      if (!['not_found', 'conflict', 'permission_denied'].includes(known.kind)) throw error;
      this.logger.log({ messageId, code: known.code }, 'an answer may not be posted any more');
    }
    await this.answers.markPosted(this.em, messageId);
  }
}

/** On, and switched on before the message: what was said while the bot was off stays unread. */
const mayAnswer = (state: RoomState, seq: number): boolean => state.botEnabled === true && seq > state.toggledSeq;
