import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExtractionDispatcher } from '../files/extraction-dispatcher.ts';
import { ExtractionQueue, type ExtractionJob } from './extraction-queue.ts';
import { ExtractionService } from './extraction.service.ts';

const EVERY_MS = 60_000;
const SOON_MS = 3_000;
/** Longer than any healthy extraction goes without a sign. */
const FORGOTTEN_SECONDS = 300;
/** At a start the queue itself may be what was lost. */
const FORGOTTEN_AT_START_SECONDS = 20;
const BATCH = 100;

/**
 * Finds files that the queue has forgotten: never enqueued, lost with Redis, given up without a word. Adding a job
 * that is still there changes nothing.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('reconciler');
  private readonly timers: NodeJS.Timeout[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly queue: ExtractionQueue,
    private readonly dispatcher: ExtractionDispatcher,
    private readonly extraction: ExtractionService,
  ) {}

  onApplicationBootstrap(): void {
    this.timers.push(setTimeout(() => this.start(FORGOTTEN_AT_START_SECONDS), SOON_MS));
    this.timers.push(setInterval(() => this.start(FORGOTTEN_SECONDS), EVERY_MS));
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await this.running;
  }

  /** Takes up every file that showed no sign for so long. */
  async reconcile(forgottenSeconds: number): Promise<void> {
    for (const job of await this.takeForgotten(forgottenSeconds)) {
      if (await this.queue.hasGivenUp(job)) await this.extraction.giveUp(job);
      else await this.dispatcher.enqueue(job);
    }
  }

  private start(forgottenSeconds: number): void {
    this.running ??= this.reconcile(forgottenSeconds)
      .catch((error: Error) => this.logger.warn(`comes back later: ${error.message}`))
      .finally(() => (this.running = undefined));
  }

  /** Marks them as seen in the same statement, so that two instances do not take up the same. */
  private async takeForgotten(seconds: number): Promise<ExtractionJob[]> {
    const rows = await this.em.fork().execute<{ id: string; version: number }[]>(
      `update files set touched_at = now() where id in (
         select id from files where deleted_at is null and status in ('stored', 'queued', 'extracting')
           and touched_at < now() - make_interval(secs => ?) order by touched_at limit ${BATCH} for update skip locked
       ) returning id, version`,
      [seconds],
    );
    return rows.map(({ id, version }) => ({ fileId: id, version }));
  }
}
