import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PushQueue } from '../push/push-queue.ts';
import { PushSubscriptionsRepository } from '../push/push-subscriptions.repository.ts';
import { DeletionsRepository } from './deletions.repository.ts';

const EVERY_MS = 3_600_000;

/** Purges what was deleted longer ago than it is kept, and what devices were told long ago, from the start of the process and each hour. */
@Injectable()
export class PurgeClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.purge(), {
    everyMs: EVERY_MS,
    logger: new Logger('purge'),
    onFailure: 'is left for the next hour',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly repository: DeletionsRepository,
    private readonly pushes: PushQueue,
    private readonly subscriptions: PushSubscriptionsRepository,
  ) {}

  onApplicationBootstrap(): void {
    void this.task.run();
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async purge(): Promise<void> {
    const em = this.em.fork();
    while (!this.task.isStopped && (await this.repository.purge(em)) > 0);
    await this.pushes.purge(em);
    await this.subscriptions.purge(em);
  }
}
