import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PushQueue } from '../push/push-queue.ts';
import { PushSubscriptionsRepository } from '../push/push-subscriptions.repository.ts';
import { DeletionsRepository } from './deletions.repository.ts';

const EVERY_MS = 3_600_000;

/** Purges what was deleted longer ago than it is kept, and what devices were told long ago, from the start of the process and each hour. */
@Injectable()
export class PurgeWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('purge');
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly repository: DeletionsRepository,
    private readonly pushes: PushQueue,
    private readonly subscriptions: PushSubscriptionsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.run();
    this.timer = setInterval(() => this.run(), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private run(): void {
    this.working ??= this.purge()
      .catch((error: unknown) => this.logger.warn(`is left for the next hour: ${(error as Error).message}`))
      .finally(() => (this.working = undefined));
  }

  private async purge(): Promise<void> {
    const em = this.em.fork();
    while ((await this.repository.purge(em)) > 0);
    await this.pushes.purge(em);
    await this.subscriptions.purge(em);
  }
}
