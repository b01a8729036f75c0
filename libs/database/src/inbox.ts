import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { afterCommit } from './transact.ts';

const SETTLE_WITHIN_MS = 1000;
const SETTLE_POLL_MS = 20;
const FORGET_EVERY_MS = 60 * 60 * 1000;
/** Longer than a stream keeps its messages, so that no redelivery can outlive its row. */
const FORGET_AFTER_DAYS = 14;

/** Which events this service has handled: what makes a redelivery harmless. */
@Injectable()
export class Inbox implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('inbox');
  private readonly waiting = new Map<string, Set<() => void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly em: EntityManager) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.em
        .fork()
        .execute('delete from inbox where handled_at < now() - make_interval(days => ?)', [FORGET_AFTER_DAYS])
        .catch((error: unknown) => this.logger.warn(`old rows stay: ${(error as Error).message}`));
    }, FORGET_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Runs `work` unless the event was handled before; the mark commits or rolls back with it. */
  async once(tx: EntityManager, eventId: string, work: () => Promise<void>): Promise<void> {
    const inserted = await tx.execute<{ event_id: string }[]>(
      'insert into inbox (event_id) values (?) on conflict do nothing returning event_id',
      [eventId],
    );
    afterCommit(tx, () => this.wake(eventId));
    if (inserted.length > 0) await work();
  }

  /** Whether the event has been handled, by any instance; waits up to one second for it. */
  async settled(eventId: string): Promise<boolean> {
    const giveUpAt = Date.now() + SETTLE_WITHIN_MS;
    while (!(await this.isHandled(eventId))) {
      if (Date.now() > giveUpAt) return false;
      await this.nextChance(eventId);
    }
    return true;
  }

  private async isHandled(eventId: string): Promise<boolean> {
    const rows = await this.em.fork().execute<unknown[]>('select 1 from inbox where event_id = ?', [eventId]);
    return rows.length > 0;
  }

  /** Until this instance handles the event, or a moment for another instance to have done so. */
  private nextChance(eventId: string): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.waiting.get(eventId) ?? new Set();
      this.waiting.set(eventId, waiters);
      const done = () => {
        clearTimeout(timer);
        waiters.delete(done);
        if (waiters.size === 0) this.waiting.delete(eventId);
        resolve();
      };
      const timer = setTimeout(done, SETTLE_POLL_MS);
      waiters.add(done);
    });
  }

  private wake(eventId: string): void {
    for (const done of [...(this.waiting.get(eventId) ?? [])]) done();
  }
}
