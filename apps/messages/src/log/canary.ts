import { CANARY_EVERY_MS, messageEvents } from '@atrium/contracts';
import { Outbox, transact } from '@atrium/database';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Sends an event the way every fact goes, through the outbox: a ping of each part alone says too little. */
@Injectable()
export class Canary implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.tell(), {
    everyMs: CANARY_EVERY_MS,
    logger: new Logger('canary'),
    onFailure: 'was not sent',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
    void this.task.run();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async tell(): Promise<void> {
    await transact(this.em, (tx) => this.outbox.add(tx, messageEvents.canary, { at: new Date().toISOString() }));
  }
}
