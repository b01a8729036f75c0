import type { ExtractionJob } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { ExtractionQueue, type Turn } from '../jobs/extraction-queue.ts';
import { FileEntity } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';

const UNFINISHED = `deleted_at is null and status in ('stored', 'queued', 'extracting')`;
/** Files of one person that are counted; whoever has more waiting is last anyway. */
const MOST_COUNTED = 2000;

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
    await this.queue.add(job, await this.turnOf(job));
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

  /**
   * Everybody's first file comes before anybody's second, however many somebody uploads; among the first, a room where
   * few wait comes before a room where many do.
   */
  private async turnOf({ fileId }: ExtractionJob): Promise<Turn> {
    const [turn] = await this.em.fork().execute<Turn[]>(
      `select
         (select count(*)::int from (
            select 1 from files f where ${UNFINISHED} and f.uploader_id = mine.uploader_id and f.id < mine.id limit ${MOST_COUNTED}
          ) own) as "ownBefore",
         (select count(distinct f.uploader_id)::int from files f
            where ${UNFINISHED} and f.room_id = mine.room_id and f.uploader_id <> mine.uploader_id and f.id < mine.id) as "othersBefore"
       from files mine where mine.id = ?`,
      [fileId],
    );
    return turn ?? { ownBefore: 0, othersBefore: 0 };
  }
}
