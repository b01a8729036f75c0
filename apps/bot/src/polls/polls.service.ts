import { Signals } from '@atrium/bus';
import { AppError, botSignals, pollIdOf, type Call, type Message, type Poll } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CommandsAccess } from '../commands/commands.access.ts';
import { PollsRepository, type NewPoll } from './polls.repository.ts';

type OnePoll = { roomId: string; pollId: string };

/** Polls: asked by a command, shown by a message, decided here. */
@Injectable()
export class PollsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: CommandsAccess,
    private readonly polls: PollsRepository,
    private readonly audit: AuditLog,
    private readonly signals: Signals,
  ) {}

  async create(poll: NewPoll): Promise<void> {
    await this.polls.add(this.em.fork(), poll);
  }

  /** Notes which message shows a poll, if this one does. */
  async placed({ id, clientId }: Pick<Message, 'id' | 'clientId'>): Promise<void> {
    const pollId = pollIdOf(clientId);
    if (pollId !== undefined) await this.polls.place(this.em.fork(), pollId, id);
  }

  async find(userId: string, { roomId, pollIds }: { roomId: string; pollIds: string[] }, call: Call): Promise<Poll[]> {
    await this.access.requireMember(userId, roomId, call);
    return this.polls.find(this.em, { roomId, pollIds, viewerId: userId });
  }

  async vote(userId: string, { roomId, pollId, options }: OnePoll & { options: number[] }, call: Call): Promise<Poll> {
    const { room } = await this.access.requireMayRun(userId, roomId, call);
    if (!room.botEnabled) throw new AppError('forbidden', 'The bot is off in this room, so its polls rest.');
    const chosen = [...new Set(options)];
    await transact(this.em, async (tx) => {
      const poll = await this.polls.lock(tx, roomId, pollId);
      if (!poll) throw new AppError('poll_not_found');
      if (poll.closedAt) throw new AppError('poll_closed');
      if (chosen.some((option) => option >= poll.options.length)) throw badOptions(`must be from 0 to ${poll.options.length - 1}`);
      if (chosen.length > 1 && !poll.multiple) throw badOptions('may be one only: this poll takes a single answer');
      await this.polls.setVotes(tx, { pollId, userId, options: chosen });
    });
    return this.tell(userId, { roomId, pollId });
  }

  /** Ends a poll: its author may, and who leads the room. */
  async close(userId: string, { roomId, pollId }: OnePoll, call: Call): Promise<Poll> {
    const { member } = await this.access.requireMember(userId, roomId, call);
    await transact(this.em, async (tx) => {
      const poll = await this.polls.lock(tx, roomId, pollId);
      if (!poll) throw new AppError('poll_not_found');
      if (poll.authorId !== userId && member.role === 'member')
        throw new AppError('forbidden', 'Only who asked, and moderators, may close a poll.');
      if (poll.closedAt) return;
      await this.polls.close(tx, pollId);
      if (poll.authorId !== userId) await this.audit.record(tx, { roomId, actorId: userId, action: 'poll.closed', details: { pollId } });
    });
    return this.tell(userId, { roomId, pollId });
  }

  /** What a message showed goes with it. */
  async messageDeleted(roomId: string, messageId: string): Promise<void> {
    const pollId = await this.polls.removeOfMessage(this.em, messageId);
    if (pollId !== null) this.signals.send(botSignals.poll, { roomId, pollId, poll: null });
  }

  private async tell(viewerId: string, { roomId, pollId }: OnePoll): Promise<Poll> {
    const [poll] = await this.polls.find(this.em.fork(), { roomId, pollIds: [pollId], viewerId });
    if (!poll) throw new AppError('poll_not_found');
    const { mine: _mine, ...shown } = poll;
    this.signals.send(botSignals.poll, { roomId, pollId, poll: shown });
    return poll;
  }
}

const badOptions = (message: string): AppError =>
  new AppError('validation_failed', `options ${message}`, { errors: [{ path: 'options', message }] });
