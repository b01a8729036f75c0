import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CreditsService } from './credits/credits.service.ts';

const EVERY_MS = 15_000;

/** Something that keeps what time ends. */
export type Purged = { purge(em: EntityManager): Promise<void> };
export const PURGED = Symbol('what is purged');

/** Tidies what time has ended. Every instance may run it: each step takes only what is still to do. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.tidy(), {
    everyMs: EVERY_MS,
    logger: new Logger('accounts'),
    onFailure: 'tidying up did not finish',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly credits: CreditsService,
    @Inject(PURGED) private readonly purged: readonly Purged[],
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Nothing waits for the outcome: what fails now is found again at the next turn. */
  private async tidy(): Promise<void> {
    await this.credits.expireReservations(this.em.fork());
    for (const one of this.purged) await one.purge(this.em.fork());
  }
}
