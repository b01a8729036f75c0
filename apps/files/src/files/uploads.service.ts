import { AppError, type Call, type files, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { FilesAccess, type Standing } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { Quotas } from '../storage/quotas.ts';
import { VersionsService } from '../versions/versions.service.ts';
import { ExtractionDispatcher } from './extraction-dispatcher.ts';
import { FileEntity } from './file.entity.ts';
import { toFileRecord } from './file.mapper.ts';
import { FileTeller } from './file-teller.ts';
import { PutBytes } from './put-bytes.ts';
import { UploadEntity } from './upload.entity.ts';

type Upload = ParsedInputOf<typeof files.recordUpload>;
type TypedUpload = Upload & { types: string[] };
type PutFile = Upload['files'][number];
type Recorded = OutputOf<typeof files.recordUpload>;

/** Uploads, and the moment they become files of the room. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly bytes: PutBytes,
    private readonly teller: FileTeller,
    private readonly dispatcher: ExtractionDispatcher,
    private readonly quotas: Quotas,
    private readonly versions: VersionsService,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  open(userId: string, input: ParsedInputOf<typeof files.openUpload>, call: Call): Promise<OutputOf<typeof files.openUpload>> {
    return this.bytes.open(userId, input, call);
  }

  async record(userId: string, upload: Upload, call: Call): Promise<Recorded> {
    const standing = await this.access.requireCanUpload(userId, upload.roomId, call);
    const recorded = await this.recordOnce(userId, { upload, standing }, call);
    return { ...recorded, files: await this.versions.tell(this.em.fork(), standing, recorded.files) };
  }

  private async recordOnce(userId: string, { upload, standing }: { upload: Upload; standing: Standing }, call: Call): Promise<Recorded> {
    const known = await this.findRecorded(standing, upload);
    if (known) return known;
    try {
      await this.requireOpen(this.em.fork(), userId, upload);
      const types = await Promise.all(upload.files.map((file) => this.bytes.inspect(upload.roomId, file)));
      return await this.recordAllowed(userId, { ...upload, types }, call);
    } catch (error) {
      // A repeat, or what this is the repeat of, was faster: its files are those of this upload too.
      const faster = mayBeRecorded(error) ? await this.findRecorded(standing, upload) : null;
      if (faster) return faster;
      if (error instanceof AppError && error.code === 'storage_full') await this.bytes.giveUp(userId, upload);
      throw error;
    }
  }

  /** What an upload with this key, or from these addresses, left; null if there was none. */
  private async findRecorded(standing: Standing, { roomId, idempotencyKey, files: put }: Upload): Promise<Recorded | null> {
    const whose = { roomId, uploaderId: standing.userId };
    const fileId = { $in: put.map((file) => file.fileId) };
    const which = idempotencyKey === undefined ? { id: fileId } : { uploadKey: idempotencyKey };
    const known = await this.em.fork().find(FileEntity, { ...whose, ...which }, { orderBy: { uploadPlace: 'asc' } });
    if (known.length === 0) return null;
    requireSameFiles(known, put);
    const isGone = (file: FileEntity) => file.deletedAt != null || (standing.seesSince !== null && file.createdAt < standing.seesSince);
    if (known.some(isGone)) throw new AppError('file_not_found', 'What was uploaded with this key has been deleted.');
    // The bytes that the repeat brought are not needed.
    await this.em.nativeUpdate(UploadEntity, { ...whose, fileId }, { swept: true });
    return { files: known.map(toFileRecord), facts: [], eventIds: [] };
  }

  /** They may have been removed while the store was asked: whoever has lost the right since is refused as they would be now. */
  private async recordAllowed(userId: string, upload: TypedUpload, call: Call): Promise<Recorded> {
    const attempt = () =>
      transact(this.em, async (tx) =>
        (await this.access.canStillUpload(tx, userId, upload.roomId)) ? this.recordAll(tx, userId, upload) : null,
      );
    const recorded = await attempt();
    if (recorded) return recorded;
    await this.access.requireCanUpload(userId, upload.roomId, call);
    const again = await attempt();
    if (!again) throw new AppError('service_unavailable', undefined, { retryAfterSeconds: 1 });
    return again;
  }

  /** Turns the open addresses into files, in one transaction with the events that tell of them. */
  private async recordAll(tx: EntityManager, userId: string, upload: TypedUpload): Promise<Recorded> {
    const open = await this.requireOpen(tx, userId, upload, LockMode.PESSIMISTIC_WRITE);
    const at = new Date();
    const scan = this.config.FILES_CLAMD_URL === undefined ? null : ('waiting' as const);
    const created = upload.files.map((_file, place) => createFile(tx, userId, { upload, place, at, scan }));
    for (const pending of open) tx.remove(pending);
    await tx.flush();
    const size = created.reduce((sum, file) => sum + file.size, 0);
    await this.quotas.requireCounted(tx, { userId, roomId: upload.roomId }, size);
    const recorded: Recorded = { files: created.map(toFileRecord), facts: [], eventIds: [] };
    for (const file of created) {
      recorded.facts.push(await this.teller.tell(tx, 'added', file, userId));
      afterCommit(tx, () => this.dispatcher.dispatch({ fileId: file.id, version: file.version }));
    }
    return recorded;
  }

  private async requireOpen(
    em: EntityManager,
    userId: string,
    upload: Upload,
    lockMode: LockMode.NONE | LockMode.PESSIMISTIC_WRITE = LockMode.NONE,
  ): Promise<UploadEntity[]> {
    const where = { fileId: { $in: upload.files.map((file) => file.fileId) }, roomId: upload.roomId, uploaderId: userId, swept: false };
    const open = await em.find(UploadEntity, where, { lockMode, orderBy: { fileId: 'asc' } });
    if (open.length !== upload.files.length) throw new AppError('file_not_found', 'This upload was not opened, or took too long.');
    return open;
  }
}

function createFile(
  tx: EntityManager,
  userId: string,
  { upload, place, at, scan }: { upload: TypedUpload; place: number; at: Date; scan: FileEntity['scan'] },
): FileEntity {
  const { fileId, name, size, sha256 } = upload.files[place]!;
  return tx.create(FileEntity, {
    id: fileId,
    roomId: upload.roomId,
    uploaderId: userId,
    name,
    contentType: upload.types[place]!,
    size,
    sha256: sha256.toLowerCase(),
    version: 1,
    status: 'stored',
    uploadKey: upload.idempotencyKey,
    uploadPlace: place,
    draft: upload.draft ?? false,
    scan,
    createdAt: at,
    touchedAt: at,
  });
}

/** Taken by the same address or under the same key, an upload is not open any more. */
const mayBeRecorded = (error: unknown): boolean =>
  error instanceof UniqueConstraintViolationException || (error instanceof AppError && error.code === 'file_not_found');

function requireSameFiles(known: readonly FileEntity[], put: readonly PutFile[]): void {
  const tell = (files: readonly Pick<PutFile, 'name' | 'size' | 'sha256'>[]) =>
    JSON.stringify(files.map(({ name, size, sha256 }) => [name, size, sha256.toLowerCase()]));
  if (tell(known) !== tell(put)) throw new AppError('idempotency_conflict', 'The same key was used for other files.');
}
