import { Signals } from '@atrium/bus';
import { AppError, messageSignals } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ScheduledRepository, type Scheduled } from './scheduled.repository.ts';
import { ScheduledSends } from './scheduled-sends.ts';

const EVERY_MS = 500;
const SEND_WITHIN_MS = 5000;
const AGAIN_AFTER_MS = 5000;
/** A room that is busy or slow, or a part that is away for a moment. */
const PASSING: ReadonlySet<string> = new Set(['service_unavailable', 'deadline_exceeded', 'slow_mode', 'rate_limited', 'internal']);

/** Sends scheduled messages when they are due. Each is held by one instance while it is sent. */
@Injectable()
export class ScheduledClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.sendDue(), {
    everyMs: EVERY_MS,
    logger: new Logger('scheduled'),
    onFailure: 'due messages wait for the next turn',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly repository: ScheduledRepository,
    private readonly sends: ScheduledSends,
    private readonly signals: Signals,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async sendDue(): Promise<void> {
    while (!this.task.isStopped && (await this.sendOne()));
  }

  /** Whether there was one to send. */
  private sendOne(): Promise<boolean> {
    return transact(this.em.fork(), async (tx) => {
      const due = await this.repository.holdDue(tx, new Date());
      if (!due) return false;
      try {
        await this.sends.send(tx, due, Date.now() + SEND_WITHIN_MS);
      } catch (error) {
        await this.settle(tx, due, AppError.from(error));
      }
      return true;
    });
  }

  /** What will not go well by itself is told to its author, and waits for them. */
  private async settle(tx: EntityManager, { item }: Scheduled, error: AppError): Promise<void> {
    if (PASSING.has(error.code)) {
      const waitMs = (error.data.retryAfterSeconds ?? 0) * 1000 || AGAIN_AFTER_MS;
      return this.repository.postpone(tx, item.id, new Date(Date.now() + waitMs));
    }
    const failure = { code: error.code, detail: error.detail, at: new Date().toISOString() };
    const refused = await this.repository.refuse(tx, item.id, failure);
    const told = { userId: refused.authorId, roomId: item.roomId, id: item.id, scheduled: refused.item };
    afterCommit(tx, () => this.signals.send(messageSignals.scheduleChanged, told));
  }
}
