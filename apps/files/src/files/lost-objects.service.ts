import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { FileEntity } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';

export const BYTES_GONE = 'What was stored of this file is gone. It can be read again once it is restored, or uploaded anew.';

/** Files whose bytes are not in the store any more say so, whoever finds it out: a reader, a worker or the sweep. */
@Injectable()
export class LostObjects {
  private readonly logger = new Logger('lost-objects');

  constructor(
    private readonly em: EntityManager,
    private readonly teller: FileTeller,
  ) {}

  /** The raised attempt ends whatever claim there is on it. */
  async report(fileId: string): Promise<void> {
    await transact(this.em, async (tx) => {
      const file = await tx.findOne(FileEntity, { id: fileId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file || (file.status === 'failed' && file.statusReason === BYTES_GONE)) return;
      this.logger.error(`the object of file ${file.id} is gone from the store`);
      const touchedAt = new Date();
      Object.assign(file, { status: 'failed', statusReason: BYTES_GONE, progress: null, attempt: file.attempt + 1, touchedAt });
      await this.teller.tell(tx, 'statusChanged', file, null);
    });
  }
}
