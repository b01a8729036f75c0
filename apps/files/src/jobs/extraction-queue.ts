import { currentCause } from '@atrium/bus';
import { fileJobs, type ExtractionJob, type PayloadOf } from '@atrium/contracts';
import { readGauge, redisAddress, redisRetryMs } from '@atrium/service-kit';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Job, JobType, JobsOptions, Queue, RedisOptions } from 'bullmq';

export const EXTRACTION_QUEUE = fileJobs.extract.queue;
export const CANARY = 'canary';
/** As it waits in the queue: with what brought it about. */
export type CausedJob = PayloadOf<typeof fileJobs.extract>;
/** A job as the queue holds it. */
export type QueuedJob = {
  id: string;
  state: 'waiting' | 'active' | 'delayed' | 'failed';
  fileId: string | null;
  attempts: number;
  failedReason: string | null;
  addedAt: number;
  finishedAt: number | null;
};
/** What needs somebody comes first. */
const STATES = ['failed', 'active', 'waiting', 'delayed'] as const satisfies QueuedJob['state'][];
const TYPES = {
  failed: ['failed'],
  active: ['active'],
  waiting: ['waiting', 'prioritized'],
  delayed: ['delayed'],
} as const satisfies Record<QueuedJob['state'], JobType[]>;

/** What waits before a job: files of the same person, and other people of the same room. */
export type Turn = { ownBefore: number; othersBefore: number };

/** People of a room that make a difference to its turn; files of a person outweigh them. */
const ROUND = 1000;
/** The last place the queue knows. */
const LAST = 2_097_151;

/** Tries of one version; then the file says `failed`, and its uploader, a moderator or an admin may retry. */
export const TRIES = 3;
const OPTIONS: JobsOptions = {
  attempts: TRIES,
  backoff: { type: 'exponential', delay: 2000, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { age: 7 * 86_400 },
};

/** Reconnects within two seconds for ever. A producer fails at once while Redis is away: the reconciler comes later. */
export const redisConnection = (url: string, role: 'producer' | 'worker'): RedisOptions => ({
  ...redisAddress(url),
  retryStrategy: redisRetryMs,
  maxRetriesPerRequest: role === 'worker' ? null : 1,
  enableOfflineQueue: role === 'worker',
});

/** Puts files into the queue of the workers. The same version twice is one job. */
@Injectable()
export class ExtractionQueue implements OnModuleInit {
  private readonly logger = new Logger('extraction-queue');

  constructor(@InjectQueue(EXTRACTION_QUEUE) private readonly queue: Queue<CausedJob | null>) {}

  onModuleInit(): void {
    // Without a listener a lost connection would be an uncaught error.
    this.queue.on('error', (error) => this.logger.warn(error.message));
    readGauge(
      { name: 'atrium_extraction_jobs', help: 'Files to be read, by the state of their job', label: 'state' },
      async () => new Map(Object.entries(await this.counts())),
    );
  }

  /** Puts a job in its turn: lower numbers are taken first. */
  async add({ fileId, version }: ExtractionJob, { ownBefore, othersBefore }: Turn): Promise<void> {
    const priority = Math.min(LAST, 1 + ownBefore * ROUND + Math.min(othersBefore, ROUND - 1));
    const job: CausedJob = { fileId, version, cause: currentCause() };
    await this.queue.add(fileJobs.extract.name, job, { ...OPTIONS, jobId: jobId(job), priority });
  }

  /** A job that does nothing, taken before all others; at most one waits at a time. */
  async addCanary(): Promise<void> {
    await this.queue.add(CANARY, null, { jobId: CANARY, lifo: true, removeOnComplete: true, removeOnFail: true });
  }

  /** Of these jobs, those the queue does not have, and those it has given up on. Sent as one, whatever their number. */
  async compare(jobs: ExtractionJob[]): Promise<{ missing: ExtractionJob[]; givenUp: ExtractionJob[] }> {
    const states = await Promise.all(jobs.map((job) => this.queue.getJobState(jobId(job))));
    const inState = (state: string) => jobs.filter((_job, index) => states[index] === state);
    return { missing: inState('unknown'), givenUp: inState('failed') };
  }

  /** Has a job that waits for its time taken in its turn. @throws when it does not wait any more */
  async hurry(id: string): Promise<void> {
    await (await this.queue.getJob(id))?.promote();
  }

  /** How many jobs there are in each state. */
  async counts(): Promise<Record<QueuedJob['state'], number>> {
    const counts = await this.queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { waiting: waiting + prioritized, active, delayed, failed };
  }

  /** Jobs of one state or of all, those that failed first, from a place in the queue on. */
  async list(state: QueuedJob['state'] | undefined, start: number, count: number): Promise<QueuedJob[]> {
    const listed: QueuedJob[] = [];
    let skip = start;
    for (const one of state === undefined ? STATES : [state]) {
      for (const type of TYPES[one]) {
        const jobs = await this.queue.getJobs([type], skip, skip + count - listed.length - 1, type !== 'failed');
        listed.push(...jobs.flatMap((job) => toQueuedJob(job, one) ?? []));
        if (listed.length >= count) return listed;
        skip = Math.max(0, skip - ((await this.queue.getJobCounts(type))[type] ?? 0));
      }
    }
    return listed;
  }

  /** A job that the queue has given up. */
  async findFailed(id: string): Promise<QueuedJob | undefined> {
    const job = await this.queue.getJob(id);
    return job && (await job.isFailed()) ? toQueuedJob(job, 'failed') : undefined;
  }

  /** Takes a job that was given up out of the queue. */
  async forget(id: string): Promise<void> {
    await this.queue.remove(id);
  }

  async ping(): Promise<void> {
    await this.queue.getJobCounts('waiting');
  }
}

/** Ids must not contain a colon: BullMQ builds its keys with it. */
export const jobId = ({ fileId, version }: ExtractionJob): string => `file-${fileId}-v${version}`;

/** Undefined for the canary, which is nobody's work. */
function toQueuedJob(job: Job<ExtractionJob | null> | undefined, state: QueuedJob['state']): QueuedJob | undefined {
  if (!job?.id || job.name === CANARY) return undefined;
  return {
    id: job.id,
    state,
    fileId: job.data?.fileId ?? null,
    attempts: job.attemptsMade,
    failedReason: job.failedReason ?? null,
    addedAt: job.timestamp,
    finishedAt: job.finishedOn ?? null,
  };
}
