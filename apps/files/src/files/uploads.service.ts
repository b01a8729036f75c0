import { AppError, fileEvents, type Call, type FileRecord, type files, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { afterCommit, Outbox, transact, uuidv7 } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { detectType, SNIFF_BYTES } from '../extraction/detect.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { ExtractionDispatcher } from './extraction-dispatcher.ts';
import { FileEntity, objectKey } from './file.entity.ts';
import { toFileRecord } from './file.mapper.ts';
import { UploadEntity } from './upload.entity.ts';

type Finish = ParsedInputOf<typeof files.finishUpload>;
type Finished = { file: FileRecord; eventId: string | null };

/** Uploads: an address to put bytes at, and the moment they become a file of the room. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly store: ObjectStore,
    private readonly outbox: Outbox,
    private readonly dispatcher: ExtractionDispatcher,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async open(userId: string, roomId: string, call: Call): Promise<OutputOf<typeof files.openUpload>> {
    await this.access.requireCanUpload(userId, roomId, call);
    const fileId = uuidv7();
    await transact(this.em, async (tx) => {
      tx.create(UploadEntity, { fileId, roomId, uploaderId: userId, createdAt: new Date() });
      await tx.flush();
    });
    const putUrl = await this.store.putUrl(objectKey({ roomId, id: fileId }));
    return { fileId, putUrl, maxBytes: this.config.FILES_MAX_BYTES };
  }

  async finish(userId: string, upload: Finish, call: Call): Promise<Finished> {
    await this.access.requireCanUpload(userId, upload.roomId, call);
    const repeated = await this.findFinished(userId, upload);
    if (repeated) return { file: toFileRecord(repeated), eventId: null };
    await this.requireOpen(this.em, userId, upload);
    const contentType = await this.inspect(upload);
    return this.recordAllowed(userId, { ...upload, contentType }, call);
  }

  /** They may have been removed while the store was asked: whoever has lost the right since is refused as they would be now. */
  private async recordAllowed(userId: string, upload: Finish & { contentType: string }, call: Call): Promise<Finished> {
    const attempt = () =>
      transact(this.em, async (tx) => ((await this.access.canStillUpload(tx, userId, upload.roomId)) ? this.record(tx, userId, upload) : null));
    const finished = await attempt();
    if (finished) return finished;
    await this.access.requireCanUpload(userId, upload.roomId, call);
    const again = await attempt();
    if (!again) throw new AppError('service_unavailable', undefined, { retryAfterSeconds: 1 });
    return again;
  }

  private findFinished(userId: string, { fileId, roomId }: Finish): Promise<FileEntity | null> {
    return this.em.findOne(FileEntity, { id: fileId, roomId, uploaderId: userId, deletedAt: null });
  }

  /** Checks that the promised bytes lie there, and tells what they are. */
  private async inspect(upload: Finish): Promise<string> {
    const key = objectKey({ roomId: upload.roomId, id: upload.fileId });
    const size = await this.store.findSize(key).catch((error: unknown) => storageAway(error));
    if (size === null) throw new AppError('file_not_found', 'No bytes were uploaded for this file.');
    if (size > this.config.FILES_MAX_BYTES) {
      throw new AppError('file_too_large', `A file may have at most ${this.config.FILES_MAX_BYTES} bytes.`);
    }
    if (size !== upload.size) throw new AppError('validation_failed', `size: ${size} bytes were uploaded, ${upload.size} were announced`);
    const head = size === 0 ? Buffer.alloc(0) : await this.store.readHead(key, SNIFF_BYTES).catch((error: unknown) => storageAway(error));
    return (await detectType(head, upload.name)).contentType;
  }

  /** Turns the open upload into a file, in one transaction with the event that tells of it. */
  private async record(tx: EntityManager, userId: string, upload: Finish & { contentType: string }): Promise<Finished> {
    const pending = await this.requireOpen(tx, userId, upload, LockMode.PESSIMISTIC_WRITE);
    const now = new Date();
    const file = tx.create(FileEntity, {
      id: upload.fileId,
      roomId: upload.roomId,
      uploaderId: userId,
      name: upload.name,
      contentType: upload.contentType,
      size: upload.size,
      sha256: upload.sha256.toLowerCase(),
      version: 1,
      status: 'stored',
      createdAt: now,
      touchedAt: now,
    });
    tx.remove(pending);
    await tx.flush();
    const record = toFileRecord(file);
    const eventId = await this.outbox.add(tx, fileEvents.added, { roomId: file.roomId, at: now.toISOString(), actorId: userId, file: record });
    afterCommit(tx, () => this.dispatcher.dispatch({ fileId: file.id, version: file.version }));
    return { file: record, eventId };
  }

  private async requireOpen(em: EntityManager, userId: string, upload: Finish, lockMode?: LockMode): Promise<UploadEntity> {
    const where = { fileId: upload.fileId, roomId: upload.roomId, uploaderId: userId, swept: false };
    const pending = await em.findOne(UploadEntity, where, { lockMode });
    if (!pending) throw new AppError('file_not_found', 'This upload was not opened, or took too long.');
    return pending;
  }
}

function storageAway(error: unknown): never {
  throw new AppError('service_unavailable', 'The file store is away for a moment.', { retryAfterSeconds: 5 }, { cause: error });
}
