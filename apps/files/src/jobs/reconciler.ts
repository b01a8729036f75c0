import type { ExtractionJob } from '@atrium/contracts';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExtractionDispatcher } from '../files/extraction-dispatcher.ts';
import { ExtractionQueue } from './extraction-queue.ts';
import { ExtractionService } from './extraction.service.ts';

const EVERY_MS = 10_000;
const SOON_MS = 3_000;
/** A file in work gives a sign more often than this, and one just stored is on its way into the queue. */
const SILENT_SECONDS = 10;
const PAGE = 500;

/**
 * Compares the files that are not finished with the queue, and puts in what it lacks: never enqueued, lost with Redis,
 * given up without a word. One page a round, so that a long queue is not asked about all the time; where a page lacks
 * something, Redis may have lost everything, and the rest is looked at right away.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.reconcile(), {
    everyMs: EVERY_MS,
    logger: new Logger('reconciler'),
    onFailure: 'comes back later',
  });
  private first: NodeJS.Timeout | undefined;
  /** Where the next page begins. */
  private lastSeen: string | null = null;

  constructor(
    private readonly em: EntityManager,
    private readonly queue: ExtractionQueue,
    private readonly dispatcher: ExtractionDispatcher,
    private readonly extraction: ExtractionService,
  ) {}

  onApplicationBootstrap(): void {
    this.first = setTimeout(() => void this.task.run(), SOON_MS);
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    clearTimeout(this.first);
    return this.task.stop();
  }

  /** @param silentSeconds how long a file has shown no sign */
  async reconcile(silentSeconds = SILENT_SECONDS): Promise<void> {
    for (;;) {
      const jobs = await this.nextPage(silentSeconds);
      if (jobs.length === 0) return;
      const { missing, givenUp } = await this.queue.compare(jobs);
      for (const job of givenUp) await this.extraction.giveUp(job);
      for (const job of missing) await this.dispatcher.enqueue(job);
      if (missing.length === 0 || this.lastSeen === null) return;
    }
  }

  private async nextPage(silentSeconds: number): Promise<ExtractionJob[]> {
    const rows = await this.em.fork().execute<{ id: string; version: number }[]>(
      `select id, version from files where deleted_at is null and status in ('stored', 'queued', 'extracting')
         and touched_at <= now() - make_interval(secs => ?) and (?::uuid is null or id > ?) order by id limit ${PAGE}`,
      [silentSeconds, this.lastSeen, this.lastSeen],
    );
    this.lastSeen = rows.length === PAGE ? rows.at(-1)!.id : null;
    return rows.map(({ id, version }) => ({ fileId: id, version }));
  }
}
