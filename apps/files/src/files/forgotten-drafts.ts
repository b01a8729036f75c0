import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileEntity } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';
import { FilesRepository } from './files.repository.ts';

const BATCH = 100;

/** Attachments whose message was never sent. */
@Injectable()
export class ForgottenDrafts {
  constructor(
    private readonly em: EntityManager,
    private readonly teller: FileTeller,
    private readonly repository: FilesRepository,
  ) {}

  /** Deletes those that are older; their bytes go with the next sweep. */
  async forget(olderThan: Date): Promise<void> {
    const forgotten = { draft: true, deletedAt: null, createdAt: { $lt: olderThan } };
    const files = await this.em.fork().find(FileEntity, forgotten, { fields: ['id'], orderBy: { createdAt: 'asc' }, limit: BATCH });
    for (const { id } of files) {
      await transact(this.em, async (tx) => {
        // It may have been sent meanwhile.
        const file = await tx.findOne(FileEntity, { id, ...forgotten }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!file) return;
        file.deletedAt = new Date();
        await this.teller.tell(tx, 'deleted', file, null);
        await this.repository.forget(tx, file);
      });
    }
  }
}
