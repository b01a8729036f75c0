import { CANARY_EVERY_MS, messageEvents } from '@atrium/contracts';
import { Outbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Sends an event the way every fact goes, through the outbox: a ping of each part alone says too little. */
@Injectable()
export class Canary implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('canary');
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.tell();
    this.timer = setInterval(() => this.tell(), CANARY_EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.telling;
  }

  private tell(): void {
    this.telling ??= transact(this.em.fork(), (tx) => this.outbox.add(tx, messageEvents.canary, { at: new Date().toISOString() }))
      .then(
        () => undefined,
        (error: unknown) => this.logger.warn(`was not sent: ${(error as Error).message}`),
      )
      .finally(() => (this.telling = undefined));
  }
}
