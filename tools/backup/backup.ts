import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { s3Client } from '../check/objects.ts';
import type { System } from '../check/system.ts';
import { databaseServices } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';
import { manifestPath, newManifest, objectPath, tablePath, type Manifest, type TableBackup } from './layout.ts';
import { columnList, findMigrations, findTables } from './tables.ts';

/** The files service asks for it before it removes an object, and leaves the object to its next sweep while we hold it. */
const KEEP_OBJECTS = `select pg_advisory_lock(hashtext('atrium-objects'))`;
const FILES_A_PAGE = 1000;
const DOWNLOADS_AT_ONCE = 4;

/**
 * Copies a living system into a new folder. All schemas are read in one snapshot, then the objects that its files name.
 * No object is removed meanwhile, so that both agree.
 */
export async function makeBackup(system: System, folder: string, report: (line: string) => void): Promise<Manifest> {
  if (existsSync(folder)) throw new Refusal(`${folder} is there already: a backup is made in a folder of its own.`);
  process.umask(0o077);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(unfinished, 'database'), { recursive: true });
  const database = new pg.Client({ connectionString: system.databaseUrl, application_name: 'atrium-backup' });
  await database.connect();
  try {
    await database.query(KEEP_OBJECTS);
    await database.query('begin isolation level repeatable read read only');
    const manifest = newManifest(new Date());
    for (const schema of databaseServices) {
      report(`copying ${schema}`);
      manifest.schemas[schema] = {
        migrations: await findMigrations(database, schema),
        tables: await copyTables(database, schema, unfinished),
      };
    }
    report('copying objects');
    await copyObjects(database, system, unfinished, manifest);
    await writeFile(manifestPath(unfinished), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(unfinished, folder);
    return manifest;
  } finally {
    await database.end();
  }
}

async function copyTables(database: pg.Client, schema: string, folder: string): Promise<TableBackup[]> {
  const copied: TableBackup[] = [];
  for (const { name, columns } of await findTables(database, schema)) {
    const hash = createHash('sha256');
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const rows = database.query(copyTo(`copy "${schema}"."${name}" (${columnList(columns)}) to stdout`));
    await pipeline(rows, counted, createGzip(), createWriteStream(tablePath(folder, schema, name)));
    copied.push({ name, columns, sha256: hash.digest('hex') });
  }
  return copied;
}

interface StoredFile {
  id: string;
  key: string;
  size: number;
  failed: boolean;
}

/** Of the snapshot, page by page: what was uploaded since has no row in it, and what is deleted since is still there. */
async function* filesOf(database: pg.Client): AsyncGenerator<StoredFile[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await database.query<StoredFile>(
      `select id, format('rooms/%s/%s', room_id, id) as key, size::float8 as size, status = 'failed' as failed from files.files
       where deleted_at is null and id > $1 order by id limit ${FILES_A_PAGE}`,
      [after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.id;
  }
}

async function copyObjects(database: pg.Client, { s3 }: System, folder: string, manifest: Manifest): Promise<void> {
  const client = s3Client(s3);
  const copy = async ({ id, key, size, failed }: StoredFile) => {
    const path = objectPath(folder, key);
    await mkdir(dirname(path), { recursive: true });
    const stream = await client.getObject(s3.bucket, key).catch((error: { code?: string }) => {
      if (error.code === 'NoSuchKey' || error.code === 'NotFound') return undefined;
      throw error as Error;
    });
    // A file that has failed may say that its bytes are gone, and is restored as such.
    if (!stream) return void (failed || manifest.missing.push(id));
    const file = createWriteStream(path);
    await pipeline(stream, file);
    if (file.bytesWritten !== size) throw new Error(`object ${key} came with ${file.bytesWritten} bytes instead of ${size}`);
    manifest.objects += 1;
  };
  for await (const page of filesOf(database)) {
    const queue = [...page];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await copy(next);
    };
    await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, work));
  }
}
