import {
  AppError,
  ASKABLE_FILE_STATUSES,
  receiptOf,
  type Call,
  type FactMark,
  type FileRecord,
  type files,
  type OutputOf,
  type ParsedInputOf,
} from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { ObjectRemover } from '../storage/object-remover.ts';
import { ExtractionDispatcher } from './extraction-dispatcher.ts';
import { FileEntity, objectKey } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';
import { toFileRecord } from './file.mapper.ts';
import { FilesRepository } from './files.repository.ts';
import { visibleTo } from './visible-to.ts';
import { VersionsService } from '../versions/versions.service.ts';
import { isReplaced } from '../versions/one-name.ts';

type OneFile = { roomId: string; fileId: string };
/** A file as a change left it, and the fact that tells it. */
type Told = { file: FileEntity; fact: FactMark };
type Page = { items: FileRecord[]; nextCursor: string | null };

/** What members do with the files of a room. */
@Injectable()
export class FilesService {
  private readonly logger = new Logger('files');

  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly repository: FilesRepository,
    private readonly teller: FileTeller,
    private readonly remover: ObjectRemover,
    private readonly dispatcher: ExtractionDispatcher,
    private readonly versions: VersionsService,
  ) {}

  async list(userId: string, { roomId, versions, cursor, limit }: ParsedInputOf<typeof files.list>, call: Call): Promise<Page> {
    const standing = await this.access.requireMember(userId, roomId, call);
    const older = cursor === undefined ? {} : { id: { $lt: readIdCursor(cursor) } };
    const em = this.em.fork();
    const newest = versions === 'newest' ? { [raw((file) => `not ${isReplaced(file)}`)]: [] } : {};
    const where = { ...visibleTo(standing), draft: false, ...older, ...newest };
    const rows = await em.find(FileEntity, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
    const items = rows.slice(0, limit);
    return {
      items: await this.versions.tell(em, standing, items.map(toFileRecord)),
      nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }

  async get(userId: string, wanted: OneFile, call: Call): Promise<FileRecord> {
    const standing = await this.access.requireMember(userId, wanted.roomId, call);
    const file = await this.getVisible(userId, wanted, call);
    return (await this.versions.tell(this.em.fork(), standing, [toFileRecord(file)]))[0]!;
  }

  async text(userId: string, wanted: OneFile & { afterPage: number }, call: Call): Promise<OutputOf<typeof files.text>> {
    const file = await this.getVisible(userId, wanted, call);
    requireAskable(file);
    return this.repository.readPages(this.em, file.id, wanted.afterPage);
  }

  async queueStatus(userId: string, roomId: string, call: Call): Promise<OutputOf<typeof files.queueStatus>> {
    const standing = await this.access.requireMember(userId, roomId, call);
    const count = (statuses: FileEntity['status'][]) =>
      this.em.fork().count(FileEntity, { ...visibleTo(standing), draft: false, status: { $in: statuses } });
    const [waiting, extracting, ready, failed] = await Promise.all([
      count(['stored', 'queued']),
      count(['extracting']),
      count([...ASKABLE_FILE_STATUSES]),
      count(['failed']),
    ]);
    return { waiting, extracting, ready, failed };
  }

  /** Extracts again, as a new version: what was found before stays, with its counts, until new text takes its place. */
  async retry(userId: string, wanted: OneFile, call: Call): Promise<OutputOf<typeof files.retry>> {
    const seen = await this.getVisible(userId, wanted, call);
    await this.access.requireCanRetry(seen, userId, call);
    const { file, fact } = await transact(this.em, (tx) => this.restart(tx, seen.id, userId));
    return { file: toFileRecord(file), ...receiptOf(fact) };
  }

  /** Puts a file into the queue again, for whoever has been found to be allowed to. @throws AppError `file_not_retryable` */
  async restart(tx: EntityManager, fileId: string, actorId: string): Promise<Told> {
    const file = await this.lock(tx, fileId);
    if (!RETRYABLE.includes(file.status))
      throw new AppError('file_not_retryable', `The file is ${file.status}.`, { fileStatus: file.status });
    file.version += 1;
    file.status = 'stored';
    file.statusReason = file.progress = null;
    file.touchedAt = new Date();
    const fact = await this.teller.tell(tx, 'statusChanged', file, actorId);
    afterCommit(tx, () => this.dispatcher.dispatch({ fileId: file.id, version: file.version }));
    return { file, fact };
  }

  /** Deletes a file, for whoever has been found to be allowed to. Its text goes in this transaction, its bytes right after or with the next sweep. */
  async delete(tx: EntityManager, fileId: string, actorId: string | null): Promise<Told> {
    const file = await this.lock(tx, fileId);
    file.deletedAt = new Date();
    const fact = await this.teller.tell(tx, 'deleted', file, actorId);
    await this.repository.forget(tx, file);
    afterCommit(tx, () => this.removeObject(file));
    return { file, fact };
  }

  /** The file, when it is there for this person. Everything else about one file starts here. */
  async getVisible(userId: string, { roomId, fileId }: OneFile, call: Call): Promise<FileEntity> {
    const standing = await this.access.requireMember(userId, roomId, call);
    const file = await this.em.findOne(FileEntity, { id: fileId, ...visibleTo(standing) }, { refresh: true });
    if (!file) throw new AppError('file_not_found');
    return file;
  }

  private async lock(tx: EntityManager, id: string): Promise<FileEntity> {
    const file = await tx.findOne(FileEntity, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!file) throw new AppError('file_not_found');
    return file;
  }

  private removeObject(file: FileEntity): void {
    const remove = async () => {
      if (await this.remover.remove(objectKey(file)))
        await this.em.fork().nativeUpdate(FileEntity, { id: file.id }, { objectRemoved: true });
    };
    remove().catch((error: unknown) => this.logger.warn(`the bytes of file ${file.id} wait for the sweep: ${(error as Error).message}`));
  }
}

const RETRYABLE: FileEntity['status'][] = ['partial', 'no_text', 'unsupported', 'encrypted', 'failed'];

export function requireAskable(file: Pick<FileEntity, 'status' | 'statusReason' | 'progress'>): void {
  if (ASKABLE_FILE_STATUSES.includes(file.status)) return;
  const reason = file.statusReason ? `: ${file.statusReason}` : '.';
  throw new AppError('file_not_ready', `The status of the file is ${file.status}${reason}`, { fileStatus: file.status });
}
