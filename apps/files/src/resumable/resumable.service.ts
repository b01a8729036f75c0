import {
  AppError,
  type Call,
  type OutputOf,
  type ParsedInputOf,
  type ResumableUpload,
  type resumableRpcs,
  type files,
} from '@atrium/contracts';
import { afterCommit, transact, uuidv7 } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { FileEntity, objectKey } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { ObjectStore, storageAway } from '../storage/object-store.ts';
import { Quotas } from '../storage/quotas.ts';
import { ResumableUploadEntity, restKey } from './resumable-upload.entity.ts';
import { KEPT_SECONDS, UnfinishedUploads } from './unfinished-uploads.ts';

type Rpcs = Pick<typeof files, keyof typeof resumableRpcs>;
type In<K extends keyof Rpcs> = ParsedInputOf<Rpcs[K]>;
type Out<K extends keyof Rpcs> = Promise<OutputOf<Rpcs[K]>>;
type OneUpload = { roomId: string; uploadId: string };

/** S3 takes no smaller part, except for the last. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;
/** S3 numbers parts up to this. */
const MOST_PIECES = 10_000;

/** Uploads that go on after a broken line, at whichever instance: what is kept of them is in the store and in our rows. */
@Injectable()
export class ResumableService {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly store: ObjectStore,
    private readonly quotas: Quotas,
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
    const upload = await this.findOpen(em, userId, wanted);
    if (upload) return stateOf(upload);
    const file = await this.findRecorded(em, userId, wanted);
    if (!file || (seesSince && file.createdAt < seesSince)) throw new AppError('upload_not_found');
    return { id: file.id, size: file.size, offset: file.size, expiresAt: expiryAfter(file.createdAt), recorded: true };
  }

  async resume(userId: string, wanted: OneUpload, call: Call): Out<'resumeUpload'> {
    await this.access.requireCanUpload(userId, wanted.roomId, call);
    const em = this.em.fork();
    const upload = await this.getOpen(em, userId, wanted);
    const { roomId, rest, size, received } = upload;
    if (received < size) await this.quotas.requireSpace(em, { userId, roomId }, 1);
    return {
      ...stateOf(upload),
      rest: rest ? { size: rest.size, getUrl: await this.store.getUrl(restKey(upload, rest.piece)) } : null,
    };
  }

  async openPiece(userId: string, { offset, bytes, ...wanted }: In<'openPiece'>, call: Call): Out<'openPiece'> {
    const { roomId } = wanted;
    await this.access.requireCanUpload(userId, roomId, call);
    await this.quotas.requireSpace(this.em.fork(), { userId, roomId }, bytes);
    const upload = await transact(this.em, async (tx) => {
      const open = await this.lock(tx, userId, wanted);
      requireOffset(open, offset);
      if (offset + bytes > open.size) throw new AppError('payload_too_large', `The upload was announced with ${open.size} bytes.`);
      if (open.pieces === MOST_PIECES) throw new AppError('upload_not_found', 'This upload was broken off too often. Begin anew.');
      open.pieces += 1;
      if (!isPart(open, bytes)) open.rests = [...open.rests, open.pieces];
      return open;
    });
    const { pieces: piece, multipartId } = upload;
    const putUrl = isPart(upload, bytes)
      ? this.store.partUrl(objectKey({ roomId, id: upload.fileId }), { multipartId, part: piece })
      : this.store.putUrl(restKey(upload, piece));
    return { piece, putUrl: await putUrl };
  }

  async recordPiece(userId: string, { offset, bytes, piece, etag, ...wanted }: In<'recordPiece'>, call: Call): Out<'recordPiece'> {
    await this.access.requireCanUpload(userId, wanted.roomId, call);
    return transact(this.em, async (tx) => {
      const upload = await this.lock(tx, userId, wanted);
      if (isRecorded(upload, piece)) return stateOf(upload);
      requireOffset(upload, offset);
      const { rest } = upload;
      if (isPart(upload, bytes)) {
        upload.parts = [...upload.parts, { part: piece, etag }];
        upload.rest = null;
      } else upload.rest = { piece, size: bytes + (rest?.size ?? 0) };
      upload.received += bytes;
      upload.touchedAt = new Date();
      if (rest) afterCommit(tx, () => this.removeSoon(restKey(upload, rest.piece)));
      return stateOf(upload);
    });
  }

  async assemble(userId: string, wanted: OneUpload, call: Call): Out<'assembleUpload'> {
    await this.access.requireCanUpload(userId, wanted.roomId, call);
    const em = this.em.fork();
    const file = await this.findRecorded(em, userId, wanted);
    if (file)
      return { fileId: file.id, name: file.name, size: file.size, draft: file.draft, getUrl: await this.store.getUrl(objectKey(file)) };
    const upload = await this.getOpen(em, userId, wanted);
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
      const { fileId: id, roomId } = await this.lock(tx, userId, wanted);
      await tx.nativeUpdate(UploadEntity, { fileId: id }, { swept: true });
      afterCommit(tx, () => void this.unfinished.remove(this.em.fork(), { id, roomId }).catch((error: Error) => this.leave(id, error)));
    });
  }

  private removeSoon(key: string): void {
    this.unfinished.removeObject(key).catch((error: Error) => this.leave(key, error));
  }

  private leave(what: string, error: Error): void {
    this.logger.warn(`${what} is left to the next sweep: ${error.message}`);
  }

  /** What it has become. */
  private findRecorded(em: EntityManager, userId: string, { roomId, uploadId }: OneUpload): Promise<FileEntity | null> {
    return em.findOne(FileEntity, { id: uploadId, roomId, uploaderId: userId, deletedAt: null }, { refresh: true });
  }

  private async getOpen(em: EntityManager, userId: string, wanted: OneUpload): Promise<ResumableUploadEntity> {
    const upload = await this.findOpen(em, userId, wanted);
    if (!upload) throw new AppError('upload_not_found');
    return upload;
  }

  /** Within a transaction, with the lock that keeps it from being swept or finished meanwhile. */
  private async lock(tx: EntityManager, userId: string, wanted: OneUpload): Promise<ResumableUploadEntity> {
    const where = { fileId: wanted.uploadId, roomId: wanted.roomId, uploaderId: userId, swept: false };
    await tx.findOne(UploadEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    return this.getOpen(tx, userId, wanted);
  }

  private async findOpen(em: EntityManager, userId: string, { roomId, uploadId }: OneUpload): Promise<ResumableUploadEntity | null> {
    const whose = { fileId: uploadId, roomId, uploaderId: userId };
    if (!(await em.findOne(UploadEntity, { ...whose, swept: false }, { refresh: true }))) return null;
    const since = new Date(Date.now() - KEPT_SECONDS * 1000);
    return em.findOne(ResumableUploadEntity, { ...whose, touchedAt: { $gt: since } }, { refresh: true });
  }
}

/** Whether the rest and so many bytes more become a part of the object, or a longer rest. */
const isPart = ({ size, received, rest }: ResumableUploadEntity, bytes: number): boolean =>
  received + bytes === size || (rest?.size ?? 0) + bytes >= LEAST_PART_BYTES;

const isRecorded = ({ parts, rest }: ResumableUploadEntity, piece: number): boolean =>
  rest?.piece === piece || parts.some(({ part }) => part === piece);

function requireOffset(upload: ResumableUploadEntity, offset: number): void {
  if (upload.received !== offset)
    throw new AppError('upload_offset_conflict', `${upload.received} bytes are here. Go on from there.`, { offset: upload.received });
}

const expiryAfter = (at: Date): string => new Date(at.getTime() + KEPT_SECONDS * 1000).toISOString();

const stateOf = ({ fileId, size, received, touchedAt }: ResumableUploadEntity): ResumableUpload => ({
  id: fileId,
  size,
  offset: received,
  expiresAt: expiryAfter(touchedAt),
  recorded: false,
});
