import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { CONFIG, Health } from '@atrium/service-kit';
import { Inject, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WaitingError, type Job } from 'bullmq';
import type { FilesConfig } from '../config.ts';
import { ExtractionService } from './extraction.service.ts';
import { EXTRACTION_QUEUE, TRIES, type ExtractionJob } from './extraction-queue.ts';

/** When a worker dies, its job is seen to be stalled and taken up by another within twenty seconds. */
const LOCK = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 2 };

/** Takes extractions from the queue. */
@Processor(EXTRACTION_QUEUE, LOCK)
export class FilesWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('worker');
  private readonly stopping = new AbortController();

  constructor(
    private readonly extraction: ExtractionService,
    private readonly health: Health,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.config.FILES_WORKER_CONCURRENCY;
    this.health.register('queue', async () => {
      if (!this.worker.isRunning()) throw new Error('the worker does not run');
    });
  }

  /**
   * Hands the running jobs on. Left to itself the worker is closed last of all, when bus and database are gone, and
   * until then it would take up again what it has just handed back: so it is closed here, and takes nothing new from
   * this line on.
   */
  async onModuleDestroy(): Promise<void> {
    const closed = this.worker.close();
    this.stopping.abort();
    await closed;
  }

  async process(job: Job<ExtractionJob>, token?: string): Promise<void> {
    try {
      await this.extraction.extract(job.data, this.stopping.signal);
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
      // Back to the head of the queue, which does not count as a failed try.
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }

  /** The last try failed, or the job stopped its workers again and again: the file says so. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job<ExtractionJob> | undefined, error: Error): Promise<void> {
    if (!job) return;
    this.logger.warn(`file ${job.data.fileId}, try ${job.attemptsMade} of ${TRIES}: ${error.stack ?? error.message}`);
    const last = job.attemptsMade >= TRIES || /stalled/.test(error.message);
    if (last) {
      await this.extraction
        .giveUp(job.data)
        .catch((failure: Error) => this.logger.warn(`file ${job.data.fileId} waits for the reconciler: ${failure.message}`));
    }
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(error.message);
  }
}
