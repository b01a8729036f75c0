import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const FORGET_EVERY_MS = 60 * 60 * 1000;
/** Longer than a stream keeps its messages, so that no redelivery can outlive its row. */
const FORGET_AFTER_DAYS = 14;

/** Which events this service has handled: what makes a redelivery harmless. */
@Injectable()
export class Inbox implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly forgetting = new RepeatedTask(() => this.forget(), {
    everyMs: FORGET_EVERY_MS,
    logger: new Logger('inbox'),
    onFailure: 'old rows stay',
  });

  constructor(private readonly em: EntityManager) {}

  onApplicationBootstrap(): void {
    this.forgetting.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.forgetting.stop();
  }

  /** Runs `work` unless the event was handled before; the mark commits or rolls back with it. */
  async once(tx: EntityManager, eventId: string, work: () => Promise<void>): Promise<void> {
    const inserted = await tx.execute<{ event_id: string }[]>(
      'insert into inbox (event_id) values (?) on conflict do nothing returning event_id',
      [eventId],
    );
    if (inserted.length > 0) await work();
  }

  private forget(): Promise<unknown> {
    return this.em.fork().execute('delete from inbox where handled_at < now() - make_interval(days => ?)', [FORGET_AFTER_DAYS]);
  }
}
