import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Has transactions of one kind wait for each other until they end: what one counts before it adds, no other adds to
 * meanwhile.
 * @param what the kind, and whose: `webhooks 0198…`. Two that are unlike may, once in 2^64, wait for each other.
 */
export async function oneAtATime(tx: EntityManager, what: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [what]);
}
