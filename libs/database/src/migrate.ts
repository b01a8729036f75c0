import type { MikroORM } from '@mikro-orm/postgresql';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';

const WAIT_FOR_DATABASE_MS = 60_000;

/**
 * Applies what is missing. MikroORM's migrator takes no lock, so instances that start together would collide: an
 * advisory lock on a connection of its own lets one work while the others wait.
 */
export async function migrate(orm: MikroORM, options: { service: string; url: string }): Promise<void> {
  const logger = new Logger('migrations');
  const lock = await connectPatiently(options.url);
  try {
    await lock.query('select pg_advisory_lock(hashtext($1))', [`atrium-migrations-${options.service}`]);
    const applied = await orm.migrator.up();
    if (applied.length > 0) logger.log(`applied ${applied.map((migration) => migration.name).join(', ')}`);
  } finally {
    await lock.end();
  }
}

/** PostgreSQL may still be starting when a service does. */
async function connectPatiently(url: string): Promise<Client> {
  const giveUpAt = Date.now() + WAIT_FOR_DATABASE_MS;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
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
