import { because, inSpan } from '@atrium/bus';
import { fileJobs } from '@atrium/contracts';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { CONFIG, Health, RepeatedTask, SignOfLife } from '@atrium/service-kit';
import { Inject, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DelayedError, WaitingError, type Job } from 'bullmq';
import type { FilesConfig } from '../config.ts';
import { ScannerAway } from '../scanning/clamd.ts';
import { ExtractionService } from './extraction.service.ts';
import { EXTRACTION_QUEUE, ExtractionQueue, TRIES, type CausedJob } from './extraction-queue.ts';
import { Places } from './places.ts';

/** When a worker dies, its job is seen to be stalled and taken up by another within twenty seconds. */
const LOCK = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 2 };

const CANARY_EVERY_MS = 5_000;
/** Six canaries: workers side by side take each other's, and each has its turn. */
const TAKES_WITHIN_MS = 30_000;

/** How soon a file is tried again that found the virus scanner away. */
const SCANNER_AGAIN_MS = 10_000;

/** How soon a file that found no place asks again when it is not called; later, the more of them there are. */
const PLACE_AGAIN_MS = 10_000;
const PLACE_STEP_MS = 50;

/** Takes extractions from the queue. */
@Processor(EXTRACTION_QUEUE, LOCK)
export class FilesWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('worker');
  private readonly stopping = new AbortController();
  private readonly sign = new SignOfLife(TAKES_WITHIN_MS);
  private readonly places: Places;
  private readonly canary = new RepeatedTask(() => this.queue.addCanary(), {
    everyMs: CANARY_EVERY_MS,
    logger: this.logger,
    onFailure: 'no canary',
  });

  constructor(
    private readonly extraction: ExtractionService,
    private readonly health: Health,
    private readonly queue: ExtractionQueue,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {
    super();
    this.places = new Places(config.FILES_WORKER_CONCURRENCY);
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.config.FILES_WORKER_CONCURRENCY;
    this.canary.start();
    this.health.register('queue', async () => this.requireTaking());
  }

  /** A worker can be wedged while it says that it runs: only what it takes from the queue tells. */
  private requireTaking(): void {
    if (!this.worker.isRunning()) throw new Error('the worker does not run');
    if (this.places.taken < this.config.FILES_WORKER_CONCURRENCY) this.sign.require('the worker took nothing from the queue');
  }

  /**
   * Hands the running jobs on. Left to itself the worker is closed last of all, when bus and database are gone, and
   * until then it would take up again what it has just handed back: so it is closed here, and takes nothing new from
   * this line on.
   */
  async onModuleDestroy(): Promise<void> {
    // While Redis is away, adding one waits for it; the stop does not.
    void this.canary.stop();
    const closed = this.worker.close();
    this.stopping.abort();
    await closed;
  }

  async process(job: Job<unknown>, token?: string): Promise<void> {
    this.sign.seen();
    if (isCanary(job)) return;
    const asked = fileJobs.extract.payload.parse(job.data);
    const about = {
      name: EXTRACTION_QUEUE,
      kind: 'consumer',
      attributes: { 'messaging.system': 'bullmq', try: job.attemptsMade + 1 },
    } as const;
    await because(asked.cause ?? {}, () => inSpan(about, () => this.extract(asked, job, token)));
  }

  private async extract(asked: CausedJob, job: Job<unknown>, token?: string): Promise<void> {
    const holder = await this.extraction.findHolder(asked);
    if (!holder) return;
    if (!this.places.take(job.id!, holder)) return await delay(job, PLACE_AGAIN_MS + this.places.waiting * PLACE_STEP_MS, token);
    try {
      await this.extraction.extract(asked, { stopping: this.stopping.signal, isLastTry: job.attemptsMade >= TRIES - 1 });
    } catch (error) {
      if (!this.stopping.signal.aborted && error instanceof ScannerAway) return await delay(job, SCANNER_AGAIN_MS, token);
      if (!this.stopping.signal.aborted) throw error;
      // Back to the head of the queue, which does not count as a failed try.
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      this.callNext(this.places.release(job.id!));
      this.sign.seen();
    }
  }

  /** It would come by itself later, and may have been taken by another worker meanwhile. */
  private callNext(id: string | undefined): void {
    if (id === undefined || this.stopping.signal.aborted) return;
    this.queue.hurry(id).catch((error: Error) => this.logger.debug(`job ${id} comes later: ${error.message}`));
  }

  /** The last try failed, or the job stopped its workers again and again: the file says so. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job<unknown> | undefined, error: Error): Promise<void> {
    if (!job || isCanary(job)) return;
    const asked = fileJobs.extract.payload.safeParse(job.data);
    if (asked.success) await because(asked.data.cause ?? {}, () => this.tellFailure(asked.data, job, error));
    else this.logger.error(`job ${job.id} is not what ${EXTRACTION_QUEUE} promises: ${error.message}`);
  }

  private async tellFailure(asked: CausedJob, job: Job<unknown>, error: Error): Promise<void> {
    this.logger.warn(`file ${asked.fileId}, try ${job.attemptsMade} of ${TRIES}: ${error.stack ?? error.message}`);
    const last = job.attemptsMade >= TRIES || /stalled/.test(error.message);
    if (last) {
      await this.extraction
        .giveUp(asked)
        .catch((failure: Error) => this.logger.warn(`file ${asked.fileId} waits for the reconciler: ${failure.message}`));
    }
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(error.message);
  }
}

/** Later, without counting as a try. */
async function delay(job: Job<unknown>, ms: number, token?: string): Promise<never> {
  await job.moveToDelayed(Date.now() + ms, token);
  throw new DelayedError();
}

const isCanary = (job: Job<unknown>): boolean => job.data === null;
