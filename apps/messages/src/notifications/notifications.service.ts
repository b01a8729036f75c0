import { Signals } from '@atrium/bus';
import { AppError, Id, Instant, messageSignals, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PushQueue } from '../push/push-queue.ts';
import { BEGINNING, NotificationsRepository, type Place } from './notifications.repository.ts';

const PlaceInList = z.tuple([Instant, Id]).transform(([at, messageId]): Place => ({ at, messageId }));

/** A person's list of what they were told of. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: NotificationsRepository,
    private readonly signals: Signals,
    private readonly pushes: PushQueue,
  ) {}

  async list(actorId: string, input: ParsedInputOf<typeof messages.notifications>): Promise<OutputOf<typeof messages.notifications>> {
    const { filter, limit } = input;
    const from = readCursor(input.cursor, PlaceInList) ?? BEGINNING;
    const found = await this.repository.findPage(this.em, actorId, filter, { ...from, limit: limit + 1 });
    const { rows, nextCursor } = pageOf(found, limit, (told) => [told.at, told.messageId]);
    return {
      items: rows,
      nextCursor,
      unread: await this.repository.countUnread(this.em, actorId),
    };
  }

  async read(actorId: string, { upTo, id }: ParsedInputOf<typeof messages.readNotifications>): Promise<{ unread: number }> {
    if (id !== undefined) await this.readOne(actorId, id);
    else await this.repository.readUpTo(this.em, actorId, await this.momentOf(actorId, upTo));
    return this.tellRead(actorId);
  }

  /** Who reads a room, or a thread in it, knows what they were told of it. */
  async readInRoom(actorId: string, read: { roomId: string; seq: number; threadId?: string }): Promise<void> {
    await this.repository.readInRoom(this.em, actorId, read);
    await this.tellRead(actorId);
  }

  private async readOne(actorId: string, id: string): Promise<void> {
    if (!(await this.repository.readOne(this.em, actorId, id))) throw notYours();
  }

  private async momentOf(actorId: string, upTo: string | undefined): Promise<string> {
    if (upTo === undefined) return new Date().toISOString();
    if (Instant.safeParse(upTo).success) return upTo;
    const moment = await this.repository.findMoment(this.em, actorId, upTo);
    if (moment === null) throw notYours();
    return moment;
  }

  /** Tells the devices of somebody how many are unread now. */
  async tellRead(userId: string): Promise<{ unread: number }> {
    await this.pushes.closeRead(this.em, userId);
    const unread = await this.repository.countUnread(this.em, userId);
    this.signals.send(messageSignals.notificationsRead, { userId, unread });
    return { unread };
  }
}

const notYours = () => new AppError('message_not_found', 'None of your notifications has this id.');
