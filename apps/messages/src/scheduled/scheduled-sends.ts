import { Signals } from '@atrium/bus';
import { messageSignals, type Message } from '@atrium/contracts';
import { afterCommit } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Sender } from '../sends/sender.ts';
import { ScheduledRepository, type Scheduled } from './scheduled.repository.ts';

/**
 * Sends what was scheduled. The message has a `clientId` made of the schedule's id, so that it is stored once, whatever
 * stops between storing it and forgetting the schedule.
 */
@Injectable()
export class ScheduledSends {
  constructor(
    private readonly sender: Sender,
    private readonly repository: ScheduledRepository,
    private readonly signals: Signals,
  ) {}

  /** @param scheduled held by this transaction. @throws AppError the refusal */
  async send(tx: EntityManager, scheduled: Scheduled, deadlineAt: number): Promise<Message> {
    const { id, roomId, parentId, alsoInRoom, body, fileIds } = scheduled.item;
    const draft = { roomId, body, fileIds, clientId: `scheduled:${id}`, parentId, alsoInRoom };
    const { message } = await this.sender.send(scheduled.authorId, draft, deadlineAt);
    await this.repository.remove(tx, id);
    this.tellGone(tx, scheduled);
    return message;
  }

  tellGone(tx: EntityManager, { authorId, item: { roomId, id } }: Scheduled): void {
    afterCommit(tx, () => this.signals.send(messageSignals.scheduleChanged, { userId: authorId, roomId, id, scheduled: null }));
  }
}
