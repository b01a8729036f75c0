import { AppError, type Message } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { CommandRunner, type ReadyCommand } from '../commands/command-runner.ts';
import { isLiteral, parseCommand, type ParsedCommand } from '../commands/parse-command.ts';
import { KeywordsService, type Firing } from '../keywords/keywords.service.ts';
import type { OwnCommand } from '../own-bots/own-commands.service.ts';
import { PollsService } from '../polls/polls.service.ts';
import { isFinal, PostsService } from '../posts/posts.service.ts';
import type { RoomState } from '../rooms/room-states.repository.ts';
import { RoomStatesService, type Membership } from '../rooms/room-states.service.ts';
import { WORKING_AFTER_MS, isThere, working } from '../runs/note-texts.ts';
import { NotesService } from '../runs/notes.service.ts';
import type { StoredAnswer } from './answers.repository.ts';

/** Who posted a command may be anywhere: nothing says in which zone. */
const ZONE_OF_POSTS = 'UTC';

type Wanted = { command: ParsedCommand } | { firing: Firing };
type Asker = Membership & { member: NonNullable<Membership['member']> };
type Told = Pick<Parameters<NotesService['tell']>[1], 'body' | 'links' | 'working'>;
type Words = { body: string; clientId?: string; parentId?: string };

/** Decides whether a posted message is answered, and with what; answers it once, in public. */
@Injectable()
export class AnswersService {
  private readonly logger = new Logger('bot');

  constructor(
    private readonly posts: PostsService,
    private readonly polls: PollsService,
    private readonly roomStates: RoomStatesService,
    private readonly runner: CommandRunner,
    private readonly keywords: KeywordsService,
    private readonly notes: NotesService,
  ) {}

  async consider(message: Message): Promise<void> {
    const wanted = await this.wanted(message);
    if (!wanted) return;
    const state = await this.roomStates.whenOn(message.roomId, message.authorId, message.seq);
    if (!state) return;
    const slow = this.sayWorking(message, wanted);
    const stored = await this.ready(message, wanted, state).finally(() => clearTimeout(slow.timer));
    if (!stored || stored.posted) return;
    const posted = await this.post(stored);
    if (slow.told && posted) await this.tellAuthor(message, () => isThere(posted));
  }

  private async ready(message: Message, wanted: Wanted, state: RoomState): Promise<StoredAnswer | null> {
    return (await this.posts.find(message.id)) ?? this.compose(message, wanted, state);
  }

  /** Who posted a command hears after a while that it takes longer; the answer itself is the room's. */
  private sayWorking(message: Message, wanted: Wanted): { timer: NodeJS.Timeout | undefined; told: boolean } {
    const slow: { timer: NodeJS.Timeout | undefined; told: boolean } = { timer: undefined, told: false };
    if (!('command' in wanted)) return slow;
    slow.timer = setTimeout(() => {
      slow.told = true;
      void this.tellAuthor(message, working);
    }, WORKING_AFTER_MS).unref();
    return slow;
  }

  /** Nearly every message asks for nothing: this costs no query, and leaves no trace of what was said. */
  private async wanted(message: Message): Promise<Wanted | null> {
    if (isLiteral(message.body)) return null;
    const command = parseCommand(message.body);
    if (command) return { command };
    const firing = await this.keywords.firingFor(message.roomId, message.body);
    return firing && { firing };
  }

  /** Makes the answer and keeps it before it is posted, so that a redelivery posts the same words. */
  private async compose(message: Message, wanted: Wanted, state: RoomState): Promise<StoredAnswer | null> {
    const asker = await this.findAsker(message);
    if (!asker) return null;
    const words =
      'firing' in wanted
        ? await this.fire(wanted.firing, message)
        : await this.posts.inRoomsLanguage(() => this.run(wanted.command, message, { asker, state }));
    if (words === null) return null;
    const { body, clientId, parentId = message.parentId ?? null } = words;
    const answer = { messageId: message.id, roomId: message.roomId, parentId, body, ...(clientId && { clientId }) };
    return this.posts.keep(answer, (now) => mayAnswer(now, message.seq));
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

  private async fire({ keyword, answer, place }: Firing, message: Message): Promise<Words | null> {
    if (!(await this.keywords.mayFire(message.roomId, keyword))) return null;
    return { body: answer, ...(place === 'thread' && message.parentId === undefined && { parentId: message.id }) };
  }

  private async run(command: ParsedCommand, message: Message, { asker, state }: { asker: Asker; state: RoomState }): Promise<Words | null> {
    const { room, member } = asker;
    const clock = { now: new Date(message.createdAt), timeZone: ZONE_OF_POSTS };
    const asked = { roomId: message.roomId, role: member.role, clock };
    try {
      const ready = await this.runner.prepare(command, asked);
      if (ready.own) return await this.askBot(ready, message, member);
      const say = await ready.answer({
        ...clock,
        id: message.id,
        roomId: message.roomId,
        room,
        asker: member,
        parentId: message.parentId,
        seq: message.seq,
        call: { actorId: member.userId },
        hiddenUpToSeq: room.historyVisibility === 'since_join' ? state.lastJoinSeq : 0,
        personal: false,
      });
      return say();
    } catch (error) {
      return this.refuse(error, message, () => this.runner.prepare(command, asked));
    }
  }

  /** Its answer comes when it comes, and holds up nothing that is said meanwhile. */
  private async askBot({ ask }: Extract<ReadyCommand, { own: OwnCommand }>, message: Message, asker: Asker['member']) {
    const { id, roomId, parentId, body } = message;
    await ask({ sourceId: id, posted: true, roomId, asker, parentId, text: body, timeZone: ZONE_OF_POSTS });
    return null;
  }

  /** What may pass is tried again. What the command was written wrong is said in public; the rest concerns its author alone. */
  private async refuse(error: unknown, message: Message, prepare: () => Promise<unknown>): Promise<Words | null> {
    const known = AppError.from(error);
    if (['unavailable', 'deadline_exceeded', 'internal'].includes(known.kind)) throw error;
    if (known.code === 'validation_failed') return { body: known.detail };
    this.logger.log({ messageId: message.id, code: known.code }, 'a command is not answered in public');
    if (['not_a_member', 'room_not_found'].includes(known.code)) return null;
    // Read once more, for the same words in their language.
    await this.tellAuthor(message, async () => ({ body: (await prepare().then(() => known, AppError.from)).detail }));
    return null;
  }

  private tellAuthor(message: Message, words: () => Told | Promise<Told>): Promise<unknown> {
    return this.notes.tellInTheirs(message.authorId, async () => ({ ...noteOf(message), ...(await words()) }));
  }

  private async post(stored: StoredAnswer): Promise<Message | null> {
    try {
      const posted = await this.posts.post(stored);
      await this.polls.placed(posted);
      return posted;
    } catch (error) {
      if (!isFinal(error)) throw error;
      this.logger.log({ messageId: stored.messageId, code: AppError.from(error).code }, 'an answer may not be posted any more');
      return null;
    }
  }
}

const noteOf = ({ id, roomId, parentId, body }: Message) => ({ id, roomId, ...(parentId && { parentId }), command: body.slice(0, 200) });

/** On, and switched on before the message: what was said while the bot was off stays unread. */
const mayAnswer = (state: RoomState, seq: number): boolean => state.botEnabled === true && seq > state.toggledSeq;
