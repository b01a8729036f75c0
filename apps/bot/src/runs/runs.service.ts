import { AppError, type Call, type CommandReply, type CommandRun, type Message } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { CommandRunner, type ReadyCommand } from '../commands/command-runner.ts';
import type { Ask, CommandWords } from '../commands/command.ts';
import { CommandsAccess, type Place } from '../commands/commands.access.ts';
import { requireCommand } from '../commands/parse-command.ts';
import { PollsService } from '../polls/polls.service.ts';
import { PostsService } from '../posts/posts.service.ts';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import type { OwnCommand } from '../own-bots/own-commands.service.ts';
import { WORKING_AFTER_MS, askedBy, isThere, off, working } from './note-texts.ts';
import { NotesService } from './notes.service.ts';
import { RunsRepository } from './runs.repository.ts';
import { i18n } from '../words/words.ts';

const LOOK_EVERY_MS = 100;
/** A command may take as long as a question to the files. */
const LONGEST_MS = 30_000;

type Wanted = CommandRun & { roomId: string };
type Begun = { id: string; userId: string; wanted: Wanted; place: Place; call: Call };
type Running = Begun & { command: Extract<ReadyCommand, { own?: undefined }> };

/** Commands that are run without being posted. */
@Injectable()
export class RunsService {
  private readonly logger = new Logger('bot');

  constructor(
    private readonly em: EntityManager,
    private readonly access: CommandsAccess,
    private readonly runner: CommandRunner,
    private readonly runs: RunsRepository,
    private readonly posts: PostsService,
    private readonly polls: PollsService,
    private readonly notes: NotesService,
    private readonly roomStates: RoomStatesService,
  ) {}

  async run(userId: string, wanted: Wanted, call: Call): Promise<CommandReply> {
    const place = await this.access.requireMayRun(userId, wanted.roomId, call);
    const parsed = requireCommand(wanted.text);
    if (!place.room.botEnabled) return { note: this.notes.tell(userId, { ...headOf(uuidv7(), wanted), body: off() }) };
    const clock = { now: new Date(), timeZone: wanted.timeZone ?? 'UTC' };
    const command = await this.runner.prepare(parsed, { roomId: wanted.roomId, role: place.member.role, clock });
    if (command.posts) this.access.requireMayPost(place);
    const run = await this.runs.claim(this.em, {
      id: uuidv7(),
      roomId: wanted.roomId,
      userId,
      clientId: wanted.clientId ?? uuidv7(),
      text: wanted.text,
    });
    if (run.text !== wanted.text) throw new AppError('idempotency_conflict');
    if (run.reply) return run.reply;
    const running = { id: run.id, userId, wanted, place, call };
    // Another instance is at it: its answer comes in this one's place.
    if (!run.started) return { note: this.working(running) };
    return command.own ? this.askBot(running, command) : this.answerInTime({ ...running, command });
  }

  /** A run that came to nothing is forgotten, so that it can be tried again. */
  private async undo({ id, userId, wanted: { roomId } }: Begun, posts: boolean): Promise<void> {
    await this.runs.drop(this.em.fork(), id);
    if (posts) await this.posts.giveTurnBack(roomId, id, { actorId: userId });
  }

  /** The bot answers whatever instance it reaches; this one waits a moment for it. */
  private async askBot(begun: Begun, { own, ask, posts }: Extract<ReadyCommand, { own: OwnCommand }>): Promise<CommandReply> {
    const { id, wanted, place, call } = begun;
    const { roomId, parentId, text, timeZone = 'UTC' } = wanted;
    try {
      if (posts) await this.posts.takeTurn(roomId, id, call);
      await ask({ sourceId: id, posted: false, roomId, asker: place.member, parentId, text, timeZone });
    } catch (error) {
      await this.undo(begun, posts);
      throw error;
    }
    const until = Date.now() + WORKING_AFTER_MS;
    while (Date.now() < until) {
      const run = await this.runs.find(this.em.fork(), id);
      if (!run) throw new AppError('service_unavailable', i18n.t('The bot of /{name} did not answer.', { name: own.description.name }));
      if (run.reply) return run.reply;
      await pause(LOOK_EVERY_MS);
    }
    return { note: this.working(begun) };
  }

  private async answerInTime(running: Running): Promise<CommandReply> {
    const answering = this.answer(running);
    const first = await pTimeout(answering, { milliseconds: WORKING_AFTER_MS, message: false });
    if (first) return first;
    void answering.then(
      ({ message }) => message && this.notes.tell(running.userId, { ...headOf(running.id, running.wanted), ...isThere(message) }),
      (error: unknown) => this.tellFailure(running, error),
    );
    return { note: this.working(running) };
  }

  private async answer(running: Running): Promise<CommandReply> {
    try {
      const reply = await this.reply(running);
      await this.runs.finish(this.em.fork(), running.id, reply);
      return reply;
    } catch (error) {
      await this.undo(running, running.command.posts);
      throw error;
    }
  }

  private async reply({ id, userId, wanted, place, command, call }: Running): Promise<CommandReply> {
    const { roomId, parentId, timeZone = 'UTC' } = wanted;
    if (command.posts) await this.posts.takeTurn(roomId, id, call);
    const state = command.posts ? await this.roomStates.get(roomId, userId) : null;
    const ask: Omit<Ask, 'values' | 'flags'> = {
      id,
      roomId,
      room: place.room,
      asker: place.member,
      parentId,
      seq: undefined,
      now: new Date(),
      timeZone,
      call: { ...call, deadlineAt: Date.now() + LONGEST_MS },
      hiddenUpToSeq: state && place.room.historyVisibility === 'since_join' ? state.lastJoinSeq : 0,
      personal: !command.posts,
    };
    const say = await command.answer(ask);
    if (command.posts) return { message: await this.post({ id, userId, wanted, place }, this.posts.inRoomsLanguage(say)) };
    const { body, links, buttons } = say();
    return { note: this.notes.tell(userId, { ...headOf(id, wanted), body, ...(links && { links }), ...(buttons && { buttons }) }) };
  }

  private async post({ id, wanted, place }: Omit<Begun, 'call'>, { body, clientId }: CommandWords): Promise<Message> {
    const { roomId, parentId = null, text } = wanted;
    const asked = this.posts.inRoomsLanguage(() => askedBy(place.member.displayName, text));
    const own = clientId === undefined ? { body: `${asked}\n\n${body}` } : { body, clientId };
    const kept = await this.posts.keep({ messageId: id, roomId, parentId, ...own });
    if (!kept) throw new AppError('rate_limited', i18n.t('The bot has said enough in this room for a minute.'), { retryAfterSeconds: 60 });
    const message = await this.posts.post(kept);
    await this.polls.placed(message);
    return message;
  }

  private working({ id, userId, wanted }: Begun) {
    return this.notes.tell(userId, { ...headOf(id, wanted), ...working() });
  }

  private tellFailure({ id, userId, wanted }: Running, error: unknown): void {
    const known = AppError.from(error);
    if (known.kind === 'internal') this.logger.error({ err: known.cause ?? known }, 'a command failed');
    const body = known.kind === 'internal' ? i18n.t('Something went wrong on our side; try again.') : known.detail;
    this.notes.tell(userId, { ...headOf(id, wanted), body });
  }
}

const headOf = (id: string, { roomId, parentId, text }: Wanted) => ({
  id,
  roomId,
  command: text,
  ...(parentId !== undefined && { parentId }),
});

const pause = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
