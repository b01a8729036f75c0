import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { root } from './paths.ts';

/** The services that own a schema; `provision.sql` names the same. */
export const databaseServices = ['accounts', 'rooms', 'messages', 'files', 'bot'] as const;
export type DatabaseService = (typeof databaseServices)[number];

/** Runs `provision.sql` and `audit.sql` in the database that `url` names, as the role it names. */
export async function provision(url: string, passwords: Record<DatabaseService, string>): Promise<void> {
  const read = (file: string) => readFile(join(root, 'deploy/postgres', file), 'utf8');
  const sql = (await read('provision.sql')) + (await read('audit.sql'));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const service of databaseServices) {
      await client.query('SELECT set_config($1, $2, false)', [`atrium.${service}_password`, passwords[service]]);
    }
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates the database that `url` names on its server unless it is there. */
export async function ensureDatabase(url: string): Promise<void> {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Where one service finds its own schema, given where the superuser finds the database. */
export function serviceUrl(adminUrl: string, service: DatabaseService, password: string): string {
  const url = new URL(adminUrl);
  url.username = `atrium_${service}`;
  url.password = password;
  return url.href;
}
