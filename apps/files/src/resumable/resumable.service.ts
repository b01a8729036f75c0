import { AppError, type Call, type OutputOf, type ParsedInputOf, type resumableRpcs, type files } from '@atrium/contracts';
import { afterCommit, transact, uuidv7 } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { FileEntity, objectKey } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { ObjectStore, storageAway } from '../storage/object-store.ts';
import { Quotas } from '../storage/quotas.ts';
import { expiryAfter, OpenUploads, requireOffset, stateOf, type OneUpload } from './open-uploads.ts';
import { ResumableUploadEntity, restKey } from './resumable-upload.entity.ts';
import { UnfinishedUploads } from './unfinished-uploads.ts';

type Rpcs = Pick<typeof files, keyof typeof resumableRpcs>;
type In<K extends keyof Rpcs> = ParsedInputOf<Rpcs[K]>;
type Out<K extends keyof Rpcs> = Promise<OutputOf<Rpcs[K]>>;

/** Uploads that go on after a broken line, at whichever instance: what is kept of them is in the store and in our rows. */
@Injectable()
export class ResumableService {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly store: ObjectStore,
    private readonly quotas: Quotas,
    private readonly open: OpenUploads,
    private readonly unfinished: UnfinishedUploads,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async create(userId: string, { roomId, name, size, draft }: In<'createUpload'>, call: Call): Out<'createUpload'> {
    await this.access.requireCanUpload(userId, roomId, call);
    const { FILES_MAX_BYTES: maxBytes } = this.config;
    if (size > maxBytes) throw new AppError('file_too_large', `A file may have at most ${maxBytes} bytes.`, { maxBytes });
    await this.quotas.requireSpace(this.em.fork(), { userId, roomId }, size);
    const fileId = uuidv7();
    const key = objectKey({ roomId, id: fileId });
    const multipartId = await this.store.openMultipart(key).catch(storageAway);
    const now = new Date();
    const whose = { fileId, roomId, uploaderId: userId };
    try {
      const upload = await transact(this.em, async (tx) => {
        tx.create(UploadEntity, { ...whose, createdAt: now });
        await tx.flush();
        return tx.create(ResumableUploadEntity, { ...whose, name, size, draft, multipartId, touchedAt: now });
      });
      return stateOf(upload);
    } catch (error) {
      await this.store.abortMultipart(key, multipartId);
      throw error;
    }
  }

  async find(userId: string, wanted: OneUpload, call: Call): Out<'findUpload'> {
    const { seesSince } = await this.access.requireMember(userId, wanted.roomId, call);
    const em = this.em.fork();
    const upload = await this.open.find(em, userId, wanted);
    if (upload) return stateOf(upload);
    const file = await this.findRecorded(em, userId, wanted);
    if (!file || (seesSince && file.createdAt < seesSince)) throw new AppError('upload_not_found');
    return { id: file.id, size: file.size, offset: file.size, expiresAt: expiryAfter(file.createdAt), recorded: true };
  }

  async resume(userId: string, wanted: OneUpload, call: Call): Out<'resumeUpload'> {
    await this.access.requireCanUpload(userId, wanted.roomId, call);
    const em = this.em.fork();
    const upload = await this.open.get(em, userId, wanted);
    const { roomId, rest, size, received } = upload;
    if (received < size) await this.quotas.requireSpace(em, { userId, roomId }, 1);
    return {
      ...stateOf(upload),
      rest: rest ? { size: rest.size, getUrl: await this.store.getUrl(restKey(upload, rest.piece)) } : null,
    };
  }

  async assemble(userId: string, wanted: OneUpload, call: Call): Out<'assembleUpload'> {
    await this.access.requireCanUpload(userId, wanted.roomId, call);
    const em = this.em.fork();
    const file = await this.findRecorded(em, userId, wanted);
    if (file)
      return { fileId: file.id, name: file.name, size: file.size, draft: file.draft, getUrl: await this.store.getUrl(objectKey(file)) };
    const upload = await this.open.get(em, userId, wanted);
    requireOffset(upload, upload.size);
    const key = objectKey({ roomId: upload.roomId, id: upload.fileId });
    if (!(await this.store.assemble(key, upload).catch(storageAway)))
      throw new AppError('upload_not_found', 'The store has lost this upload. Begin anew.');
    // Before it becomes a file, while the row still tells of them.
    await this.unfinished.removeRests(upload);
    const { fileId, name, size, draft } = upload;
    return { fileId, name, size, draft, getUrl: await this.store.getUrl(key) };
  }

  async remove(userId: string, wanted: OneUpload, call: Call): Promise<void> {
    await this.access.requireMember(userId, wanted.roomId, call);
    await transact(this.em, async (tx) => {
      const { upload, row } = await this.open.lock(tx, userId, wanted);
      const { fileId: id, roomId } = upload;
      row.swept = true;
      afterCommit(tx, () => void this.unfinished.remove(this.em.fork(), { id, roomId }).catch((error: Error) => this.leave(id, error)));
    });
  }

  private leave(what: string, error: Error): void {
    this.logger.warn(`${what} is left to the next sweep: ${error.message}`);
  }

  /** What it has become. */
  private findRecorded(em: EntityManager, userId: string, { roomId, uploadId }: OneUpload): Promise<FileEntity | null> {
    return em.findOne(FileEntity, { id: uploadId, roomId, uploaderId: userId, deletedAt: null }, { refresh: true });
  }
}
