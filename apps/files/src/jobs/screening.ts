import type { ExtractionJob } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { FileEntity, objectKey } from '../files/file.entity.ts';
import { FileTeller } from '../files/file-teller.ts';
import { FilesRepository } from '../files/files.repository.ts';
import { ScannerAway } from '../scanning/clamd.ts';
import { Scanner } from '../scanning/scanner.ts';
import { ObjectStore } from '../storage/object-store.ts';

const WAITS = 'Waits for the virus scanner, which is away. It is read as soon as that is back.';
const TOO_LARGE = 'The file is larger than what the virus scanner checks, so it is neither read nor handed out. Ask an admin.';

/** The end of a file that must not be read. */
export class Screened extends Error {
  constructor(readonly threat: string | null) {
    super(
      threat === null
        ? TOO_LARGE
        : `A virus was found in it: ${threat}. It is neither read nor handed out. Delete it, and check where it came from.`,
    );
    this.name = 'Screened';
  }
}

/** Files are looked through for viruses before anything of them is read; while nobody can look, they wait. */
@Injectable()
export class Screening {
  private readonly logger = new Logger('screening');

  constructor(
    private readonly em: EntityManager,
    private readonly teller: FileTeller,
    private readonly repository: FilesRepository,
    private readonly scanner: Scanner,
    private readonly store: ObjectStore,
  ) {}

  /** Asked before a file is claimed, so that one that waits long does not change to and fro. @throws ScannerAway */
  async requireScanner(job: ExtractionJob): Promise<void> {
    try {
      await this.scanner.requireThere();
    } catch (error) {
      throw await this.putBack(job, error as ScannerAway);
    }
  }

  /** Brings the bytes of a file here, and looks through them. @throws ScannerAway @throws Screened when it must not be read */
  async fetch(file: FileEntity, path: string, signal: AbortSignal): Promise<void> {
    await this.store.download(objectKey(file), path, signal);
    const verdict = await this.scanner.scan(path, signal);
    if (verdict?.kind === 'infected') throw new Screened(verdict.threat);
    if (verdict?.kind === 'too_large') throw new Screened(null);
    const mine = { id: file.id, version: file.version, attempt: file.attempt, deletedAt: null };
    await this.em.fork().nativeUpdate(FileEntity, mine, { scan: verdict && 'clean', threat: null });
  }

  /** The file says what it waits for; told once, however often it is tried. @returns the error, to be thrown on */
  async putBack(job: ExtractionJob, error: ScannerAway): Promise<ScannerAway> {
    await transact(this.em, async (tx) => {
      const waiting = { id: job.fileId, version: job.version, deletedAt: null, status: { $in: UNFINISHED } };
      const file = await tx.findOne(FileEntity, waiting, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file || (file.status === 'queued' && file.statusReason === WAITS)) return;
      this.logger.warn(`file ${file.id} waits: ${error.message}`);
      Object.assign(file, { status: 'queued', statusReason: WAITS, progress: null, attempt: file.attempt + 1, touchedAt: new Date() });
      await this.teller.tell(tx, 'statusChanged', file, null);
    });
    return error;
  }

  /** Whatever was read of it before goes too. */
  async close(claimed: FileEntity, { threat, message }: Screened): Promise<void> {
    await transact(this.em, async (tx) => {
      const mine = { id: claimed.id, version: claimed.version, attempt: claimed.attempt, deletedAt: null };
      const file = await tx.findOne(FileEntity, mine, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file) return;
      this.logger.warn(`file ${file.id} is not read: ${message}`);
      await this.repository.forget(tx, file);
      const nothing = { progress: null, pages: null, chars: null, chunks: null };
      const scan = threat === null ? 'waiting' : 'infected';
      Object.assign(file, { ...nothing, status: 'failed', statusReason: message, scan, threat, touchedAt: new Date() });
      await this.teller.tell(tx, 'statusChanged', file, null);
    });
  }
}

const UNFINISHED: FileEntity['status'][] = ['stored', 'queued', 'extracting'];
