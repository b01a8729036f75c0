import type { Pool, PoolClient } from 'pg';

/** Whoever held it has seen its queries fail by then, and given it back if they ever do. */
const GIVEN_BACK_WITHIN_MS = 1000;

/**
 * Takes connections that nobody will give back out of the pool. Kysely gives the connection of a transaction back after
 * `commit` or `rollback`, and not when those fail, as they do on a connection that is gone: each outage of PostgreSQL
 * would cost the pool a place for every transaction under way, until none is left. And a connection that is made while
 * the pool ends gets lost between the two, so that the end is never reached.
 */
export function releaseDeadClients(pool: Pool): void {
  pool.on('connect', (client) => {
    // pg-pool puts `release` on the client for as long as it is lent.
    const releaseSoon = () => setTimeout(() => releaseIfLent(client as PoolClient), GIVEN_BACK_WITHIN_MS).unref();
    client.once('end', releaseSoon);
    if (pool.ending) releaseSoon();
  });
}

function releaseIfLent(client: PoolClient): void {
  try {
    client.release(true);
  } catch {
    // It had been given back: the usual case.
  }
}
