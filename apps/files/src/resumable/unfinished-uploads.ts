import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { objectKey } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { ObjectRemover } from '../storage/object-remover.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { isStale, ResumableUploadEntity, restKey } from './resumable-upload.entity.ts';

/** How long an upload is kept to which nothing is added. */
export const KEPT_SECONDS = 24 * 3600;

/** Clears up after uploads that became no file. */
@Injectable()
export class UnfinishedUploads {
  constructor(
    private readonly remover: ObjectRemover,
    private readonly store: ObjectStore,
  ) {}

  /** The rows go last, so that a crash leaves work to do. @returns false when it has to be done later, because a backup is being made */
  async remove(em: EntityManager, upload: { id: string; roomId: string }): Promise<boolean> {
    const key = objectKey(upload);
    const resumable = await em.findOne(ResumableUploadEntity, { fileId: upload.id }, { refresh: true });
    if (resumable) {
      // Its bytes would come after all has been removed. Whoever brings them, or the sweep, comes back.
      if (resumable.open.some((piece) => !piece.isPart && !isStale(piece))) return true;
      await this.store.abortMultipart(key, resumable.multipartId);
      if (!(await this.removeRests(resumable))) return false;
    }
    if (!(await this.remover.remove(key))) return false;
    await em.nativeDelete(UploadEntity, { fileId: upload.id });
    return true;
  }

  removeObject(key: string): Promise<boolean> {
    return this.remover.remove(key);
  }

  /** @returns false when some are left for later */
  async removeRests(upload: ResumableUploadEntity): Promise<boolean> {
    for (const piece of upload.rests) if (!(await this.remover.remove(restKey(upload, piece)))) return false;
    return true;
  }
}
