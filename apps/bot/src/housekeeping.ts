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
  private readonly logger = new Logger('bot');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly answers: AnswersRepository,
    private readonly runs: RunsRepository,
    private readonly reminders: RemindersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly interactions: InteractionsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.purge().catch((error: unknown) => this.logger.warn({ err: error }, 'old answers stay until the next turn'));
    }, EVERY_MS).unref();
  }

  private async purge(): Promise<void> {
    const em = this.em.fork();
    for (const kept of [this.answers, this.runs, this.reminders, this.deliveries, this.interactions]) await kept.purge(em);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
