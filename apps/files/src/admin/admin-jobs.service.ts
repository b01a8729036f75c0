import { AppError, type AdminJob, type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { wrongCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesService } from '../files/files.service.ts';
import { EXTRACTION_QUEUE, ExtractionQueue, type QueuedJob } from '../jobs/extraction-queue.ts';

/** The queue of extractions as admins see it. */
@Injectable()
export class AdminJobs {
  constructor(
    private readonly em: EntityManager,
    private readonly queue: ExtractionQueue,
    private readonly files: FilesService,
    private readonly audit: AuditLog,
  ) {}

  /** In the order in which the queue holds them; the cursor is a place in it, for jobs come and go meanwhile. */
  async list({ state, cursor, limit }: ParsedInputOf<typeof files.adminJobs>): Promise<OutputOf<typeof files.adminJobs>> {
    const start = placeOf(cursor);
    const [counts, jobs] = await Promise.all([this.queue.counts(), this.queue.list(state, start, limit + 1)]);
    const items = jobs.slice(0, limit).map(toAdminJob);
    return { items, nextCursor: jobs.length > limit ? String(start + limit) : null, counts };
  }

  async retry(actorId: string, { jobId, reason }: ParsedInputOf<typeof files.adminRetryJob>): Promise<void> {
    const job = await this.queue.findFailed(jobId);
    if (!job?.fileId) throw new AppError('job_not_found');
    const { fileId } = job;
    await transact(this.em, async (tx) => {
      const { file } = await this.files.restart(tx, fileId, actorId);
      await this.audit.record(tx, { actorId, action: 'job.retried', targetId: fileId, roomId: file.roomId, reason, details: { jobId } });
    });
    // The file has a job of its own now; the one that was given up is history.
    await this.queue.forget(jobId);
  }
}

const toAdminJob = (job: QueuedJob): AdminJob => ({
  ...job,
  queue: EXTRACTION_QUEUE,
  addedAt: new Date(job.addedAt).toISOString(),
  finishedAt: job.finishedAt === null ? null : new Date(job.finishedAt).toISOString(),
});

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw wrongCursor();
}
