import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ObjectStore } from './object-store.ts';

/** Whoever makes a backup holds this lock: until then, no object goes of which the backup holds the row. */
const OBJECTS_KEPT = `select pg_try_advisory_xact_lock_shared(hashtext('atrium-objects')) as free`;

/** Removes objects, unless they must be kept for the moment. */
@Injectable()
export class ObjectRemover {
  constructor(
    private readonly em: EntityManager,
    private readonly store: ObjectStore,
  ) {}

  /** @returns false when it has to be done later, because a backup is being made */
  remove(key: string): Promise<boolean> {
    return transact(this.em.fork(), async (tx) => {
      const [lock] = await tx.execute<{ free: boolean }[]>(OBJECTS_KEPT);
      if (!lock?.free) return false;
      await this.store.remove(key);
      return true;
    });
  }
}
