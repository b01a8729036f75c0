import { AppError, type Call, type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { objectKey } from '../files/file.entity.ts';
import { UploadEntity } from '../files/upload.entity.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { Quotas } from '../storage/quotas.ts';
import { LostPieces } from './lost-pieces.ts';
import { elsewhere, OpenUploads, requireOffset, stateOf } from './open-uploads.ts';
import { restKey, takenBy, type ResumableUploadEntity } from './resumable-upload.entity.ts';
import { UnfinishedUploads } from './unfinished-uploads.ts';

type In<K extends 'openPiece' | 'recordPiece' | 'dropPiece'> = ParsedInputOf<(typeof files)[K]>;
type Out<K extends 'openPiece' | 'recordPiece'> = Promise<OutputOf<(typeof files)[K]>>;

/** S3 takes no smaller part, except for the last. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;
/** S3 numbers parts up to this. */
const MOST_PIECES = 10_000;

/** The pieces of an upload: each takes its space before it comes, and is kept if nobody was faster. */
@Injectable()
export class PiecesService {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly store: ObjectStore,
    private readonly quotas: Quotas,
    private readonly uploads: OpenUploads,
    private readonly lost: LostPieces,
    private readonly unfinished: UnfinishedUploads,
  ) {}

  async open(userId: string, { offset, bytes, ...wanted }: In<'openPiece'>, call: Call): Out<'openPiece'> {
    const { roomId } = wanted;
    await this.access.requireCanUpload(userId, roomId, call);
    await this.lost.removeStale(await this.uploads.get(this.em.fork(), userId, wanted)).catch((error: Error) => this.leave(error));
    const upload = await transact(this.em, async (tx) => {
      const { upload: going, row } = await this.uploads.lock(tx, userId, wanted);
      requireOffset(going, offset);
      if (offset + bytes > going.size) throw new AppError('payload_too_large', `The upload was announced with ${going.size} bytes.`);
      if (going.pieces === MOST_PIECES) throw new AppError('upload_not_found', 'This upload was broken off too often. Begin anew.');
      going.pieces += 1;
      if (!isPart(going, bytes)) going.rests = [...going.rests, going.pieces];
      const opened = { piece: going.pieces, bytes, isPart: isPart(going, bytes), openedAt: new Date().toISOString() };
      going.open = [...going.open, opened];
      row.taken = takenBy(going);
      await tx.flush();
      await this.quotas.requireCounted(tx, { userId, roomId }, bytes);
      return going;
    });
    const { pieces: piece, multipartId } = upload;
    const putUrl = isPart(upload, bytes)
      ? this.store.partUrl(objectKey({ roomId, id: upload.fileId }), { multipartId, part: piece })
      : this.store.putUrl(restKey(upload, piece));
    return { piece, putUrl: await putUrl };
  }

  async record(userId: string, { offset, piece, etag, ...wanted }: In<'recordPiece'>, call: Call): Out<'recordPiece'> {
    try {
      await this.access.requireCanUpload(userId, wanted.roomId, call);
      return await this.keep(userId, { offset, piece, etag, ...wanted });
    } catch (error) {
      if (isRefusal(error)) await this.drop(userId, { ...wanted, piece });
      throw error;
    }
  }

  /** Its uploader is not asked whether they still may: that bytes go is never refused. */
  async drop(userId: string, { roomId, uploadId, piece }: In<'dropPiece'>): Promise<void> {
    try {
      const upload = await this.em.fork().findOne(UploadEntity, { fileId: uploadId });
      if (!upload || upload.uploaderId === userId) await this.lost.remove({ roomId, fileId: uploadId }, piece);
    } catch (error) {
      this.leave(error as Error);
    }
  }

  private keep(userId: string, { offset, piece, etag, ...wanted }: Omit<In<'recordPiece'>, 'bytes'>): Out<'recordPiece'> {
    return transact(this.em, async (tx) => {
      const { upload, row } = await this.uploads.lock(tx, userId, wanted);
      if (isRecorded(upload, piece)) return stateOf(upload);
      requireOffset(upload, offset);
      const open = upload.open.find((other) => other.piece === piece);
      if (!open || open.lost) throw elsewhere(upload);
      const { rest } = upload;
      upload.open = upload.open.filter((other) => other !== open);
      if (open.isPart) {
        upload.parts = [...upload.parts, { part: piece, etag }];
        upload.rest = null;
      } else upload.rest = { piece, size: open.bytes + (rest?.size ?? 0) };
      upload.received += open.bytes;
      row.taken = takenBy(upload);
      upload.touchedAt = new Date();
      if (rest) afterCommit(tx, () => this.removeSoon(restKey(upload, rest.piece)));
      return stateOf(upload);
    });
  }

  private removeSoon(key: string): void {
    this.unfinished.removeObject(key).catch((error: Error) => this.leave(error));
  }

  private leave(error: Error): void {
    this.logger.warn(`bytes that nobody keeps are left to the next sweep: ${error.message}`);
  }
}

/** Whether the rest and so many bytes more become a part of the object, or a longer rest. */
const isPart = ({ size, received, rest }: ResumableUploadEntity, bytes: number): boolean =>
  received + bytes === size || (rest?.size ?? 0) + bytes >= LEAST_PART_BYTES;

const isRecorded = ({ parts, rest }: ResumableUploadEntity, piece: number): boolean =>
  rest?.piece === piece || parts.some(({ part }) => part === piece);

/** Rather than that the answer is not known: the same is then asked again. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && !['unavailable', 'deadline_exceeded', 'internal'].includes(error.kind);
