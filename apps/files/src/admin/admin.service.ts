import { receiptOf, type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileEntity } from '../files/file.entity.ts';
import { toFileRecord } from '../files/file.mapper.ts';
import { FilesService } from '../files/files.service.ts';

/** What admins do with files: of every room, and without their content. */
@Injectable()
export class AdminService {
  constructor(
    private readonly em: EntityManager,
    private readonly files: FilesService,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. Attachments of messages that were not sent yet are their uploaders' alone. */
  async list({ limit, ...filter }: ParsedInputOf<typeof files.adminFiles>): Promise<OutputOf<typeof files.adminFiles>> {
    const rows = await this.em.fork().find(FileEntity, conditionOf(filter), { orderBy: { id: 'desc' }, limit: limit + 1 });
    const items = rows.slice(0, limit);
    return { items: items.map(toFileRecord), nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async retry(
    actorId: string,
    { fileId, reason }: ParsedInputOf<typeof files.adminRetryFile>,
  ): Promise<OutputOf<typeof files.adminRetryFile>> {
    return transact(this.em, async (tx) => {
      const { file, fact } = await this.files.restart(tx, fileId, actorId);
      await this.audit.record(tx, { actorId, action: 'file.retried', targetId: fileId, roomId: file.roomId, reason });
      return { ...receiptOf(fact), file: toFileRecord(file) };
    });
  }

  async remove(
    actorId: string,
    { fileId, reason }: ParsedInputOf<typeof files.adminRemoveFile>,
  ): Promise<OutputOf<typeof files.adminRemoveFile>> {
    return transact(this.em, async (tx) => {
      const { file, fact } = await this.files.delete(tx, fileId, actorId);
      const details = { name: file.name, size: file.size };
      await this.audit.record(tx, { actorId, action: 'file.deleted', targetId: fileId, roomId: file.roomId, reason, details });
      return receiptOf(fact);
    });
  }
}

function conditionOf({
  query,
  roomId,
  userId,
  status,
  cursor,
}: Omit<ParsedInputOf<typeof files.adminFiles>, 'limit'>): FilterQuery<FileEntity> {
  const named = query === '' ? {} : { name: { $ilike: `%${query.replace(/[\\%_]/g, '\\$&')}%` } };
  return {
    deletedAt: null,
    draft: false,
    ...named,
    ...(roomId && { roomId }),
    ...(userId && { uploaderId: userId }),
    ...(status && { status }),
    ...(cursor !== undefined && { id: { $lt: readIdCursor(cursor) } }),
  };
}
