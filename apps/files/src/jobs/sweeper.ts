import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FileEntity, objectKey } from '../files/file.entity.ts';
import { ForgottenDrafts } from '../files/forgotten-drafts.ts';
import { LostObjects } from '../files/lost-objects.service.ts';
import { LostPieces } from '../resumable/lost-pieces.ts';
import { KEPT_SECONDS, UnfinishedUploads } from '../resumable/unfinished-uploads.ts';
import { StrayObjects } from './stray-objects.ts';
import { ObjectRemover } from '../storage/object-remover.ts';
import { ObjectStore } from '../storage/object-store.ts';

const EVERY_MS = 10 * 60_000;
/** An upload address lives for a quarter of an hour; nothing that began in time is still under way after this. */
const ABANDONED_SECONDS = 2 * 3600;
/** How long an attachment waits for its message to be sent. */
const DRAFT_DAYS = 7;
const BATCH = 100;
/** Where so many in a row are gone, it is the store that is wrong: another bucket, an empty disk. */
const SUSPICIOUS = 10;

type Orphan = { id: string; roomId: string };

/**
 * Removes bytes that belong to no file, and finds files whose bytes are gone. Bytes of no file: uploads that were never
 * finished, objects of deleted files whose removal failed or had to wait for a backup. A row goes only after its object,
 * so that a crash leaves work to do and never a forgotten object; removing twice, from two instances, does no harm.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(
    () =>
      Promise.all([
        this.sweep(ABANDONED_SECONDS),
        this.pieces.sweep(),
        this.lookForLost(),
        this.strays.sweep(),
        this.drafts.forget(daysAgo(DRAFT_DAYS)),
      ]),
    { everyMs: EVERY_MS, logger: new Logger('sweeper'), onFailure: 'comes back later' },
  );
  private lookedAt: string | null = null;

  constructor(
    private readonly em: EntityManager,
    private readonly remover: ObjectRemover,
    private readonly store: ObjectStore,
    private readonly lostObjects: LostObjects,
    private readonly drafts: ForgottenDrafts,
    private readonly unfinished: UnfinishedUploads,
    private readonly pieces: LostPieces,
    private readonly strays: StrayObjects,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  async sweep(abandonedSeconds: number, keptSeconds = KEPT_SECONDS): Promise<void> {
    const em = this.em.fork();
    for (const upload of await this.claimAbandoned(em, abandonedSeconds, keptSeconds))
      if (!(await this.unfinished.remove(em, upload))) return;
    const deleted = await em.find(
      FileEntity,
      { deletedAt: { $ne: null }, objectRemoved: false },
      { limit: BATCH, orderBy: { deletedAt: 'asc' } },
    );
    for (const file of deleted) {
      if (!(await this.remover.remove(objectKey(file)))) return;
      await em.nativeUpdate(FileEntity, { id: file.id }, { objectRemoved: true });
    }
  }

  /** Some files a round, in turn, so that all are looked at in the end: a file whose bytes are gone says so. */
  async lookForLost(): Promise<void> {
    const where = { deletedAt: null, ...(this.lookedAt === null ? {} : { id: { $gt: this.lookedAt } }) };
    const files = await this.em.fork().find(FileEntity, where, { orderBy: { id: 'asc' }, limit: BATCH });
    const gone: FileEntity[] = [];
    for (const file of files) if ((await this.store.findSize(objectKey(file))) === null) gone.push(file);
    this.lookedAt = files.length === BATCH ? files.at(-1)!.id : null;
    if (gone.length >= SUSPICIOUS && gone.length === files.length)
      throw new Error(`none of ${files.length} files has its object: is this the right bucket?`);
    for (const file of gone) await this.lostObjects.report(file.id);
  }

  /** From here on the upload cannot be finished any more: finishing locks the row and asks. */
  private claimAbandoned(em: EntityManager, seconds: number, keptSeconds: number): Promise<Orphan[]> {
    return em.execute<Orphan[]>(
      `update uploads set swept = true where file_id in (
         select u.file_id from uploads u left join resumable_uploads r using (file_id)
          where u.swept or case when r.file_id is null then u.created_at < now() - make_interval(secs => ?)
                           else r.touched_at < now() - make_interval(secs => ?) end
          limit ${BATCH} for update of u skip locked
       ) returning file_id as id, room_id as "roomId"`,
      [seconds, keptSeconds],
    );
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);
