import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DeletionsRepository } from './deletions.repository.ts';

const EVERY_MS = 3_600_000;

/** Purges what was deleted longer ago than it is kept, from the start of the process and each hour. */
@Injectable()
export class PurgeWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('purge');
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly repository: DeletionsRepository,
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
  }
}
