import { Signals } from '@atrium/bus';
import {
  AppError,
  Id,
  Instant,
  messageSignals,
  validationError,
  type Message,
  type OutputOf,
  type ParsedInputOf,
  type ScheduledMessage,
  type messages,
} from '@atrium/contracts';
import { afterCommit, oneAtATime, transact, uuidv7 } from '@atrium/database';
import { pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.ts';
import { lengthRefusal } from '../sends/send-decisions.ts';
import { ScheduledRepository, type Scheduled } from './scheduled.repository.ts';
import { ScheduledSends } from './scheduled-sends.ts';

const Place = z.tuple([Instant, Id]).transform(([sendAt, id]) => ({ sendAt, id }));
const MOST_SCHEDULED = 100;
const FARTHEST_MS = 366 * 24 * 3600 * 1000;

/** Messages that their author has written for later. Nobody else learns of one before it is sent. */
@Injectable()
export class ScheduledService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: ScheduledRepository,
    private readonly sends: ScheduledSends,
    private readonly signals: Signals,
  ) {}

  async schedule(actorId: string, input: ParsedInputOf<typeof messages.schedule>): Promise<ScheduledMessage> {
    await this.requireMayPost(actorId, input);
    requireSendable(input.body, input.fileIds);
    requireAhead(input.sendAt);
    const { item } = await transact(this.em.fork(), async (tx) => {
      await oneAtATime(tx, `scheduled ${actorId}`);
      const made = await this.repository.add(tx, { ...input, id: uuidv7(), authorId: actorId, clientId: input.clientId });
      if ((await this.repository.count(tx, actorId)) > MOST_SCHEDULED) {
        throw new AppError('too_many_scheduled', `You can have ${MOST_SCHEDULED} scheduled messages; send or cancel one first.`);
      }
      this.tell(tx, made);
      return made;
    });
    return item;
  }

  async list(actorId: string, input: ParsedInputOf<typeof messages.scheduled>): Promise<OutputOf<typeof messages.scheduled>> {
    const after = readCursor(input.cursor, Place) ?? null;
    const found = await this.repository.find(this.em, { authorId: actorId, roomId: input.roomId, after, limit: input.limit + 1 });
    const { rows, nextCursor } = pageOf(found, input.limit, ({ item }) => [item.sendAt, item.id]);
    return { items: rows.map(({ item }) => item), nextCursor };
  }

  async change(actorId: string, { id, ...changes }: ParsedInputOf<typeof messages.reschedule>): Promise<ScheduledMessage> {
    return transact(this.em.fork(), async (tx) => {
      const { item } = await this.hold(tx, actorId, id);
      const { body = item.body, sendAt = item.sendAt } = changes;
      requireSendable(body, item.fileIds);
      // What was refused waits for its author to say when, or to send it.
      const waits = item.failure === undefined || changes.sendAt !== undefined;
      if (waits) requireAhead(sendAt);
      const changed = await this.repository.change(tx, { id, body, sendAt, waits });
      this.tell(tx, changed);
      return changed.item;
    });
  }

  async cancel(actorId: string, id: string): Promise<Record<string, never>> {
    await transact(this.em.fork(), async (tx) => {
      const { item } = await this.hold(tx, actorId, id);
      await this.repository.remove(tx, id);
      this.sends.tellGone(tx, { authorId: actorId, item });
    });
    return {};
  }

  /** A refusal leaves it as it was. */
  async sendNow(actorId: string, id: string, deadlineAt: number): Promise<Message> {
    return transact(this.em.fork(), async (tx) => this.sends.send(tx, await this.hold(tx, actorId, id), deadlineAt));
  }

  /** What somebody who was disabled had scheduled. */
  async refuseAllOf(userId: string, at: string): Promise<void> {
    const { code, detail } = new AppError('account_disabled');
    await transact(this.em, (tx) => this.repository.refuseAllOf(tx, userId, { code, detail, at }));
  }

  private async hold(tx: EntityManager, actorId: string, id: string): Promise<Scheduled> {
    const held = await this.repository.hold(tx, actorId, id);
    if (!held) throw new AppError('scheduled_not_found', 'It was sent or cancelled already, or never was.');
    return held;
  }

  /** What would be refused now is not put off: it would most likely be refused then. */
  private async requireMayPost(actorId: string, { roomId, parentId }: ParsedInputOf<typeof messages.schedule>): Promise<void> {
    const { role, visibleFrom } = await this.access.requireVoice(roomId, actorId);
    const [row] = await this.em.execute<{ closed: boolean; answered: boolean }[]>(
      `select r.who_can_post = 'moderators' as closed,
              exists (select 1 from messages m where m.id = ?::uuid and m.room_id = r.id and m.seq >= ? and m.deleted_at is null) as answered
         from rooms r where r.id = ?`,
      [parentId ?? null, visibleFrom, roomId],
    );
    if (row?.closed && role === 'member') throw new AppError('posting_restricted');
    if (parentId !== undefined && !row?.answered) throw new AppError('message_not_found', 'What this would answer is not there.');
  }

  private tell(tx: EntityManager, { authorId, item }: Scheduled): void {
    const told = { userId: authorId, roomId: item.roomId, id: item.id, scheduled: item };
    afterCommit(tx, () => this.signals.send(messageSignals.scheduleChanged, told));
  }
}

function requireSendable(body: string, fileIds: readonly string[]): void {
  const tooLong = lengthRefusal(body);
  if (tooLong) throw tooLong;
  if (body === '' && fileIds.length === 0)
    throw validationError([{ path: ['body'], message: 'must not be empty unless a file is attached' }]);
}

function requireAhead(sendAt: string): void {
  const aheadMs = Date.parse(sendAt) - Date.now();
  if (aheadMs <= 0) throw validationError([{ path: ['sendAt'], message: 'must be in the future' }]);
  if (aheadMs > FARTHEST_MS) throw validationError([{ path: ['sendAt'], message: 'must be within a year' }]);
}
