import { EntityManager } from '@mikro-orm/postgresql';
import { uuidArray } from '@atrium/database';
import { Injectable, Logger } from '@nestjs/common';
import { ObjectRemover } from '../storage/object-remover.ts';
import { ObjectStore, type StoredObject } from '../storage/object-store.ts';

/** Whatever is put into the store has its row long before. */
export const STRAY_SECONDS = 24 * 3600;
const PAGE = 500;
/** Where so many in a row belong to nothing, it is the database that is wrong: an empty one, or another's. */
const SUSPICIOUS = 10;

/** `rooms/<room>/<file>` and `uploads/<room>/<upload>/<piece>`; what is named otherwise is not ours. */
const OURS = /^(?:rooms|uploads)\/[\da-f-]{36}\/([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})(?:\/\d+)?$/;

/**
 * Removes objects to which no row belongs: left by a database that was restored from before they were stored, or by a
 * crash that nobody foresaw. One page of the bucket a round, from where the last ended, so that all are looked at in the end.
 */
@Injectable()
export class StrayObjects {
  private readonly logger = new Logger('stray-objects');
  private lookedAt = '';

  constructor(
    private readonly em: EntityManager,
    private readonly store: ObjectStore,
    private readonly remover: ObjectRemover,
  ) {}

  async sweep(olderThanSeconds = STRAY_SECONDS): Promise<void> {
    const objects = await this.store.list(this.lookedAt, PAGE);
    this.lookedAt = objects.length === PAGE ? objects.at(-1)!.key : '';
    const before = Date.now() - olderThanSeconds * 1000;
    const old = objects.filter((object) => OURS.test(object.key) && object.storedAt.getTime() < before);
    const owned = await this.findOwned(old);
    const strays = old.filter(({ key }) => !owned.has(idOf(key)));
    if (strays.length >= SUSPICIOUS && strays.length === old.length)
      throw new Error(`none of ${strays.length} objects has its row: is this the right database?`);
    for (const { key } of strays) {
      if (!(await this.remover.remove(key))) return;
      this.logger.warn(`the object ${key} belonged to nothing and is removed`);
    }
  }

  /** A deleted file owns its object until it is known to be gone. */
  private async findOwned(objects: readonly StoredObject[]): Promise<Set<string>> {
    if (objects.length === 0) return new Set();
    const rows = await this.em.fork().execute<{ id: string }[]>(
      `select id from files where id = any(?::uuid[]) and not (deleted_at is not null and object_removed)
       union select file_id from uploads where file_id = any(?::uuid[])
       union select file_id from resumable_uploads where file_id = any(?::uuid[])`,
      Array.from({ length: 3 }, () => uuidArray(objects.map(({ key }) => idOf(key)))),
    );
    return new Set(rows.map(({ id }) => id));
  }
}

const idOf = (key: string): string => OURS.exec(key)![1]!;
