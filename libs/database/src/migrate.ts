import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import type { DatabaseOptions } from './database-options.ts';

const WAIT_FOR_DATABASE_MS = 60_000;
const ASK_FOR_LOCK_EVERY_MS = 200;

/**
 * Applies what is missing. MikroORM's migrator takes no lock, so instances that start together would collide: an
 * advisory lock on a connection of its own lets one work while the others wait. A change of a large table may take as
 * long as it takes, so none of the limits of ordinary statements apply; a lock on a table in use is not waited for long.
 * Each migration is a transaction, or none where it says so: an index made concurrently cannot be in one.
 * @param options `only` names those to apply, for data that an earlier version wrote; `role` is whom to act as, for one who may
 */
export async function migrate(
  options: Pick<DatabaseOptions, 'service' | 'url' | 'migrations'> & { only?: string[]; role?: string },
): Promise<void> {
  const logger = new Logger('migrations');
  const lock = await connectPatiently(options.url);
  const orm = await openForMigrations(options);
  try {
    await lockPatiently(lock, `atrium-migrations-${options.service}`);
    const applied = await orm.migrator.up(options.only);
    if (applied.length > 0) logger.log(`applied ${applied.map((migration) => migration.name).join(', ')}`);
  } finally {
    await orm.close(true);
    await lock.end();
  }
}

function openForMigrations({
  service,
  url,
  migrations,
  role,
}: Pick<DatabaseOptions, 'service' | 'url' | 'migrations'> & { role?: string }): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    schema: service,
    colors: false,
    logger: () => undefined,
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
    driverOptions: {
      options: `-c search_path=${service},public -c lock_timeout=2000${role ? ` -c role=${role}` : ''}`,
      application_name: `atrium-${service}-migrations`,
    },
    migrations: { migrationsList: migrations, snapshot: false, transactional: true, allOrNothing: false, tableName: 'migrations' },
  });
}

/**
 * Asks again and again instead of waiting inside a statement: an index made concurrently waits for every statement that
 * began before it, and so would wait for those who wait for it.
 */
async function lockPatiently(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtext($1)) as locked', [name]);
  if (rows[0]!.locked) return;
  await new Promise((resolve) => setTimeout(resolve, ASK_FOR_LOCK_EVERY_MS));
  return lockPatiently(client, name);
}

/** PostgreSQL may still be starting when a service does. */
async function connectPatiently(url: string): Promise<Client> {
  const giveUpAt = Date.now() + WAIT_FOR_DATABASE_MS;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    // A connection that breaks while nobody asks it anything is not to end the process: the next query fails.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
