import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AnswersRepository } from './answers/answers.repository.ts';
import { InteractionsRepository } from './own-bots/interactions.repository.ts';
import { RemindersRepository } from './reminders/reminders.repository.ts';
import { DeliveriesRepository } from './webhooks/outgoing/deliveries.repository.ts';
import { RunsRepository } from './runs/runs.repository.ts';

const EVERY_MS = 10 * 60_000;

/** Forgets what nobody will ask for again. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.purge(), {
    everyMs: EVERY_MS,
    logger: new Logger('bot'),
    onFailure: 'old answers stay until the next turn',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly answers: AnswersRepository,
    private readonly runs: RunsRepository,
    private readonly reminders: RemindersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly interactions: InteractionsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async purge(): Promise<void> {
    const em = this.em.fork();
    for (const kept of [this.answers, this.runs, this.reminders, this.deliveries, this.interactions]) await kept.purge(em);
  }
}
