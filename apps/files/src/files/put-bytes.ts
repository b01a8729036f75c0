import { AppError, type Call, type files, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { transact, uuidArray, uuidv7 } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { detectType, SNIFF_BYTES } from '../extraction/detect.ts';
import { UnfinishedUploads } from '../resumable/unfinished-uploads.ts';
import { ObjectStore, storageAway } from '../storage/object-store.ts';
import { Quotas } from '../storage/quotas.ts';
import { objectKey } from './file.entity.ts';
import { UploadEntity } from './upload.entity.ts';

type PutFile = ParsedInputOf<typeof files.recordUpload>['files'][number];

/** Addresses to put bytes at, and what lies there before it is a file. */
@Injectable()
export class PutBytes {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly store: ObjectStore,
    private readonly quotas: Quotas,
    private readonly unfinished: UnfinishedUploads,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async open(
    userId: string,
    { roomId, announcedBytes }: ParsedInputOf<typeof files.openUpload>,
    call: Call,
  ): Promise<OutputOf<typeof files.openUpload>> {
    await this.access.requireCanUpload(userId, roomId, call);
    await this.quotas.requireSpace(this.em.fork(), { userId, roomId }, announcedBytes);
    const fileId = uuidv7();
    await transact(this.em, async (tx) => {
      tx.create(UploadEntity, { fileId, roomId, uploaderId: userId, createdAt: new Date() });
      await tx.flush();
    });
    const putUrl = await this.store.putUrl(objectKey({ roomId, id: fileId }));
    return { fileId, putUrl, maxBytes: this.config.FILES_MAX_BYTES };
  }

  /** Checks that the promised bytes lie there, and tells what they are. */
  async inspect(roomId: string, file: PutFile): Promise<string> {
    const key = objectKey({ roomId, id: file.fileId });
    const size = await this.store.findSize(key).catch((error: unknown) => storageAway(error));
    if (size === null) throw new AppError('file_not_found', 'No bytes were uploaded for this file.');
    if (size > this.config.FILES_MAX_BYTES) {
      throw new AppError('file_too_large', `A file may have at most ${this.config.FILES_MAX_BYTES} bytes.`);
    }
    if (size !== file.size) throw new AppError('validation_failed', `size: ${size} bytes were uploaded, ${file.size} were announced`);
    const head = size === 0 ? Buffer.alloc(0) : await this.store.readHead(key, SNIFF_BYTES).catch((error: unknown) => storageAway(error));
    return (await detectType(head, file.name)).contentType;
  }

  /** Bytes for which there is no space go at once. Those that came in several requests have theirs already, and wait. */
  async giveUp(userId: string, { roomId, files: put }: ParsedInputOf<typeof files.recordUpload>): Promise<void> {
    const em = this.em.fork();
    const refused = await em.execute<{ id: string }[]>(
      `update uploads set swept = true where file_id = any(?::uuid[]) and room_id = ? and uploader_id = ?
          and not exists (select from resumable_uploads where resumable_uploads.file_id = uploads.file_id) returning file_id as id`,
      [uuidArray(put.map(({ fileId }) => fileId)), roomId, userId],
    );
    const remove = async () => {
      for (const { id } of refused) if (!(await this.unfinished.remove(em, { id, roomId }))) return;
    };
    remove().catch((error: Error) => this.logger.warn(`what was refused is left to the next sweep: ${error.message}`));
  }
}
