import { receiptOf, type Call, type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { FilesService } from './files.service.ts';

/** Deleting a file: by who uploaded it, or by a moderator, whom the audit log names. */
@Injectable()
export class RemovalsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly files: FilesService,
    private readonly audit: AuditLog,
  ) {}

  /** Text, passages and answers that quote it go in this transaction; the bytes right after, or with the next sweep. */
  async remove(userId: string, wanted: ParsedInputOf<typeof files.remove>, call: Call): Promise<OutputOf<typeof files.remove>> {
    const seen = await this.files.getVisible(userId, wanted, call);
    await this.access.requireCanRemove(seen, userId, call);
    return transact(this.em, async (tx) => {
      const { file, fact } = await this.files.delete(tx, seen.id, userId);
      if (file.uploaderId !== userId) {
        const { id: targetId, roomId, name, size } = file;
        await this.audit.record(tx, { actorId: userId, action: 'file.deleted', targetId, roomId, details: { name, size } });
      }
      return receiptOf(fact);
    });
  }
}
