import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { ExtractionQueue, type ExtractionJob } from '../jobs/extraction-queue.ts';
import { FileEntity } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';

/** Hands stored files to the workers, after the commit that stored them. */
@Injectable()
export class ExtractionDispatcher {
  private readonly logger = new Logger('dispatcher');

  constructor(
    private readonly em: EntityManager,
    private readonly queue: ExtractionQueue,
    private readonly teller: FileTeller,
  ) {}

  /** Does not wait, and cannot fail the caller: what stays `stored` is found by the reconciler. */
  dispatch(job: ExtractionJob): void {
    this.enqueue(job).catch((error: unknown) =>
      this.logger.warn(`file ${job.fileId} waits for the reconciler: ${(error as Error).message}`),
    );
  }

  async enqueue(job: ExtractionJob): Promise<void> {
    await this.queue.add(job);
    await transact(this.em, async (tx) => {
      // A worker may have been faster; its status stands.
      const [file] = await tx.find(
        FileEntity,
        { id: job.fileId, version: job.version, status: 'stored', deletedAt: null },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!file) return;
      file.status = 'queued';
      file.touchedAt = new Date();
      await this.teller.tell(tx, 'statusChanged', file, null);
    });
  }
}
