import { AppError, type ResumableUpload } from '@atrium/contracts';
import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { UploadEntity } from '../files/upload.entity.ts';
import { ResumableUploadEntity } from './resumable-upload.entity.ts';
import { KEPT_SECONDS } from './unfinished-uploads.ts';

export type OneUpload = { roomId: string; uploadId: string };

/** Uploads that are no file yet, as their uploader finds them. */
@Injectable()
export class OpenUploads {
  async find(em: EntityManager, userId: string, { roomId, uploadId }: OneUpload): Promise<ResumableUploadEntity | null> {
    const whose = { fileId: uploadId, roomId, uploaderId: userId };
    if (!(await em.findOne(UploadEntity, { ...whose, swept: false }, { refresh: true }))) return null;
    const since = new Date(Date.now() - KEPT_SECONDS * 1000);
    return em.findOne(ResumableUploadEntity, { ...whose, touchedAt: { $gt: since } }, { refresh: true });
  }

  /** @throws AppError `upload_not_found` */
  async get(em: EntityManager, userId: string, wanted: OneUpload): Promise<ResumableUploadEntity> {
    const upload = await this.find(em, userId, wanted);
    if (!upload) throw new AppError('upload_not_found');
    return upload;
  }

  /**
   * Within a transaction, with the lock that keeps it from being swept or finished meanwhile.
   * @throws AppError `upload_not_found`
   */
  async lock(
    tx: EntityManager,
    userId: string,
    { roomId, uploadId }: OneUpload,
  ): Promise<{ upload: ResumableUploadEntity; row: UploadEntity }> {
    const where = { fileId: uploadId, roomId, uploaderId: userId, swept: false };
    const row = await tx.findOne(UploadEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) throw new AppError('upload_not_found');
    return { upload: await this.get(tx, userId, { roomId, uploadId }), row };
  }
}

/** @throws AppError `upload_offset_conflict`, which says where to go on */
export function requireOffset(upload: ResumableUploadEntity, offset: number): void {
  if (upload.received !== offset) throw elsewhere(upload);
}

/** What is told to who was not the first: where to go on. */
export const elsewhere = ({ received }: ResumableUploadEntity): AppError =>
  new AppError('upload_offset_conflict', `${received} bytes are here. Go on from there.`, { offset: received });

export const expiryAfter = (at: Date): string => new Date(at.getTime() + KEPT_SECONDS * 1000).toISOString();

export const stateOf = ({ fileId, size, received, touchedAt }: ResumableUploadEntity): ResumableUpload => ({
  id: fileId,
  size,
  offset: received,
  expiresAt: expiryAfter(touchedAt),
  recorded: false,
});
