import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DatabaseService } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';
import { tablePath, type Manifest, type TableBackup } from './layout.ts';
import { makeTables } from './migrations.ts';
import { columnList, findTables } from './tables.ts';

interface SchemaBackup {
  folder: string;
  schema: DatabaseService;
  migrations: string[];
  tables: TableBackup[];
}

/** Refuses a backup that is not what was written, before anything is replaced by it. */
export async function verifyTables(folder: string, { schemas }: Manifest): Promise<void> {
  for (const [schema, { tables }] of Object.entries(schemas)) {
    for (const { name, sha256 } of tables) {
      const hash = createHash('sha256');
      const into = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          hash.update(chunk);
          done();
        },
      });
      await pipeline(createReadStream(tablePath(folder, schema, name)), createGunzip(), into).catch((error: Error) => {
        throw new Refusal(`The backup is damaged: table ${schema}.${name} cannot be read (${error.message}).`);
      });
      if (hash.digest('hex') !== sha256) throw new Refusal(`The backup is damaged: table ${schema}.${name} is not what was written.`);
    }
  }
}

/** Makes a schema anew, with the tables that it had then, and fills them. What is newer is migrated when its service starts. */
export async function loadSchema(database: Client, url: string, { folder, schema, migrations, tables }: SchemaBackup): Promise<void> {
  const role = `atrium_${schema}`;
  await database.query(`drop schema if exists ${schema} cascade`);
  await database.query(`create schema ${schema} authorization atrium_audit`);
  await database.query(`grant usage, create on schema ${schema} to ${role}`);
  await makeTables(schema, url, { role, only: migrations });
  await database.query('begin');
  try {
    await database.query(`set local search_path = ${schema}, public`);
    const order = await findTables(database, schema);
    // What they did when the rows were written is in the backup; and an audit log refuses to be emptied. References are checked.
    await switchTriggers(database, order, 'disable');
    await database.query(`truncate ${order.map(({ name }) => `"${name}"`).join(', ')}`);
    for (const { name } of order) {
      const table = tables.find((one) => one.name === name);
      if (table) await loadTable(database, tablePath(folder, schema, name), table);
    }
    await moveSequences(database, schema);
    await switchTriggers(database, order, 'enable');
    await database.query('commit');
  } catch (error) {
    await database.query('rollback');
    throw error;
  }
}

async function switchTriggers(database: Client, tables: readonly { name: string }[], to: 'enable' | 'disable'): Promise<void> {
  for (const { name } of tables) await database.query(`alter table "${name}" ${to} trigger user`);
}

async function loadTable(database: Client, path: string, { name, columns }: TableBackup): Promise<void> {
  const rows = database.query(copyFrom(`copy "${name}" (${columnList(columns)}) from stdin`));
  await pipeline(createReadStream(path), createGunzip(), rows);
}

/** Numbers that the database gives out go on behind those that were given. */
async function moveSequences(database: Client, schema: string): Promise<void> {
  const { rows } = await database.query<{ table: string; column: string }>(
    `select c.relname as "table", a.attname as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r' and a.attidentity <> ''`,
    [schema],
  );
  for (const { table, column } of rows) {
    await database.query(
      `select setval(pg_get_serial_sequence('${schema}.${table}', '${column}'), coalesce(max("${column}"), 0) + 1, false) from "${table}"`,
    );
  }
}
