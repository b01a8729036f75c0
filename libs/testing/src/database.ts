import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { onCleanup } from './cleanup.ts';
import { required } from './environment.ts';

const AUDIT = new URL('../../../deploy/postgres/audit.sql', import.meta.url);

export type TestDatabase = {
  /** As the service's own role, which sees its own schema only. */
  url: string;
  /** One statement as the superuser, for looking at what is stored. */
  query<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
};

/** A database of the suite's own with the schema and the role of one service, as production has them. */
export async function aDatabase(service: string): Promise<TestDatabase> {
  const name = `test_${service}_${randomBytes(5).toString('hex')}`;
  const role = `atrium_${service}`;
  const admin = new URL(required('TEST_DATABASE_URL'));
  await asSuperuser(admin.href, async (client) => {
    await createRole(client, 'atrium_audit', 'nologin');
    await createRole(client, role, `login password 'atrium'`);
    await client.query(`create database ${name}`);
  });
  const own = new URL(admin.href);
  own.pathname = `/${name}`;
  const superuser = new Client({ connectionString: own.href });
  await superuser.connect();
  await superuser.query(`create schema ${service} authorization atrium_audit; grant usage, create on schema ${service} to ${role}`);
  await superuser.query(await readFile(AUDIT, 'utf8'));
  onCleanup(async () => {
    await superuser.end();
    await asSuperuser(admin.href, (client) => client.query(`drop database ${name} with (force)`));
  });
  const asService = new URL(own.href);
  asService.username = role;
  asService.password = 'atrium';
  return {
    url: asService.href,
    query: async <T>(sql: string, parameters?: unknown[]) => (await superuser.query(`${sql}`, parameters)).rows as T[],
  };
}

/** Roles belong to the whole server, and suites run side by side. */
async function createRole(client: Client, role: string, attributes: string): Promise<void> {
  await client.query('select pg_advisory_lock(hashtext($1))', [role]);
  try {
    const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (found.rowCount === 0) await client.query(`create role ${role} ${attributes}`);
  } finally {
    await client.query('select pg_advisory_unlock(hashtext($1))', [role]);
  }
}

async function asSuperuser<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
