import { Signals } from '@atrium/bus';
import { fileSignals, type ExtractionJob } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { CONFIG, TemporaryFolders } from '@atrium/service-kit';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesConfig } from '../config.ts';
import { runExtractor, type ExtractionResult } from '../extraction/run-extractor.ts';
import { FileEntity } from '../files/file.entity.ts';
import { FileTeller } from '../files/file-teller.ts';
import { LostObjects } from '../files/lost-objects.service.ts';
import { isGone } from '../storage/object-store.ts';
import { countCodePoints } from '../text/code-points.ts';
import { PreviewMaker } from '../previews/preview-maker.ts';
import { ScannerAway } from '../scanning/clamd.ts';
import type { Holder } from './places.ts';
import { Screened, Screening } from './screening.ts';
import { TextRepository } from './text.repository.ts';

/** Progress is told to people at most this often. */
const PROGRESS_MS = 500;
/** Well within what the reconciler takes for silence. */
const SIGN_MS = 4000;

/** One of the queue's tries: what calls it off, and whether another would follow. */
type Try = { stopping: AbortSignal; isLastTry: boolean };

/** A file's way from `queued` to an honest end. Whatever it writes is fenced by the attempt it claimed. */
@Injectable()
export class ExtractionService implements OnApplicationBootstrap {
  private readonly logger = new Logger('extraction');
  private readonly folders = new TemporaryFolders('atrium-extract');

  constructor(
    private readonly em: EntityManager,
    private readonly text: TextRepository,
    private readonly teller: FileTeller,
    private readonly signals: Signals,
    private readonly lostObjects: LostObjects,
    private readonly previews: PreviewMaker,
    private readonly screening: Screening,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.folders.sweep().catch((error: Error) => this.logger.warn(`folders of earlier processes stay: ${error.message}`));
  }

  /** Whose file it is; null when there is nothing left to do. */
  findHolder({ fileId, version }: ExtractionJob): Promise<Holder | null> {
    const unfinished = { id: fileId, version, deletedAt: null, status: { $in: UNFINISHED } };
    return this.em.fork().findOne(FileEntity, unfinished, { fields: ['uploaderId', 'roomId'] });
  }

  /**
   * Throws when something it depends on is away (`ScannerAway` for the scanner, without which nothing is read), when the extractor is ended from outside, or when the worker stops;
   * the queue then tries again.
   */
  async extract(job: ExtractionJob, { stopping, isLastTry }: Try): Promise<void> {
    stopping.throwIfAborted();
    await this.screening.requireScanner(job);
    const file = await this.claim(job);
    if (!file) return;
    const lost = new AbortController();
    const stopSigns = this.giveSigns(file, lost);
    try {
      const result = await this.read(file, lost, { stopping: AbortSignal.any([stopping, lost.signal]), isLastTry });
      await this.finish(file, result);
    } catch (error) {
      if (isGone(error)) await this.lostObjects.report(file.id);
      else if (error instanceof ScannerAway) throw await this.screening.putBack(job, error);
      else if (error instanceof Screened) await this.screening.close(file, error);
      else if (!lost.signal.aborted) throw error;
    } finally {
      stopSigns();
    }
  }

  /** Ends what no try could bring to an end. */
  async giveUp(job: ExtractionJob): Promise<void> {
    await transact(this.em, async (tx) => {
      const unfinished = { id: job.fileId, version: job.version, deletedAt: null, status: { $in: UNFINISHED } };
      const file = await tx.findOne(FileEntity, unfinished, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file) return;
      Object.assign(file, {
        attempt: file.attempt + 1,
        progress: null,
        ...inVain(file, 'failed', 'The file could not be read in several tries. It can be tried again.'),
      });
      await this.tell(tx, file);
    });
  }

  /** Raises the attempt, which takes the file from every older claim. Null when there is nothing left to do. */
  private claim(job: ExtractionJob): Promise<FileEntity | null> {
    return transact(this.em, async (tx) => {
      const unfinished = { id: job.fileId, version: job.version, deletedAt: null, status: { $in: UNFINISHED } };
      const file = await tx.findOne(FileEntity, unfinished, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file) return null;
      Object.assign(file, { attempt: file.attempt + 1, status: 'extracting', statusReason: null, progress: 0 });
      await this.tell(tx, file);
      return file;
    });
  }

  private async read(file: FileEntity, lost: AbortController, { stopping: signal, isLastTry }: Try): Promise<ExtractionResult> {
    const directory = await this.folders.make();
    try {
      const path = join(directory, 'file');
      await this.screening.fetch(file, path, signal);
      // Before its text, which may take long: a picture is looked for as soon as it was sent.
      await this.previews.make(file, path, signal);
      return await runExtractor({
        path,
        name: file.name,
        seconds: this.config.FILES_EXTRACT_SECONDS,
        memoryBytes: this.config.FILES_EXTRACT_MEMORY_BYTES,
        onProgress: this.progressTeller(file, lost),
        signal,
        isLastTry,
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** Says how far it is; a file that was deleted or claimed by another meanwhile calls the extraction off. */
  private progressTeller(file: FileEntity, lost: AbortController): (percent: number) => void {
    let last = 0;
    return (percent) => {
      if (Date.now() - last < PROGRESS_MS) return;
      last = Date.now();
      // The room knows nothing of a file whose message has not been sent.
      if (!file.draft) this.signals.send(fileSignals.progress, { roomId: file.roomId, fileId: file.id, percent });
      this.giveSign(file, lost, { progress: percent });
    };
  }

  /** Shows, as long as it is not stopped, that this file is being worked on. */
  private giveSigns(file: FileEntity, lost: AbortController): () => void {
    const timer = setInterval(() => this.giveSign(file, lost), SIGN_MS);
    return () => clearInterval(timer);
  }

  private giveSign(file: FileEntity, lost: AbortController, more: { progress?: number } = {}): void {
    this.em
      .fork()
      .nativeUpdate(FileEntity, mine(file), { ...more, touchedAt: new Date() })
      .then((updated) => updated === 0 && lost.abort())
      .catch((error: Error) => this.logger.warn(`progress of file ${file.id}: ${error.message}`));
  }

  /** What was found takes the place of what was there in one transaction, if the file is still ours. */
  private async finish(claimed: FileEntity, result: ExtractionResult): Promise<void> {
    if (result.status === 'failed') this.logger.warn(`file ${claimed.id} failed: ${result.reason} ${result.complaints}`);
    const pages = result.pages.map((text, i) => ({ page: i + 1, text }));
    const { chunks } = result;
    await transact(this.em, async (tx) => {
      const file = await tx.findOne(FileEntity, mine(claimed), { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file) return;
      if (chunks.length > 0) {
        await this.text.replace(tx, file.id, { pages, chunks });
        const chars = pages.reduce((sum, page) => sum + countCodePoints(page.text), 0);
        Object.assign(file, { status: result.status, statusReason: result.reason, pages: pages.length, chars, chunks: chunks.length });
      } else {
        // Text without a single word cannot be found again, so it does not count as text.
        Object.assign(file, inVain(file, KEEPS_TEXT.includes(result.status) ? 'no_text' : result.status, result.reason));
      }
      file.progress = null;
      await this.tell(tx, file);
    });
  }

  private async tell(tx: EntityManager, file: FileEntity): Promise<void> {
    file.touchedAt = new Date();
    await this.teller.tell(tx, 'statusChanged', file, null);
  }
}

const UNFINISHED: FileEntity['status'][] = ['stored', 'queued', 'extracting'];
const KEEPS_TEXT: ExtractionResult['status'][] = ['ready', 'partial'];

/** How a file ends in which nothing was found. What an earlier version of it found is kept, and answers are still true. */
function inVain(file: FileEntity, status: FileEntity['status'], reason: string | null): Pick<FileEntity, 'status' | 'statusReason'> {
  if (!file.chunks) return { status, statusReason: reason };
  return { status: 'partial', statusReason: `What was read before is kept: trying again failed. ${reason ?? ''}`.trim() };
}

/** The fence: the file as this attempt claimed it. */
const mine = (file: FileEntity) => ({ id: file.id, version: file.version, attempt: file.attempt, deletedAt: null });
