import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { waitFor } from '@atrium/testing';
import { acceptDatabase } from '../../tools/backup/restore.ts';
import { findSystem } from '../../tools/check/system.ts';
import { ManagedProcess } from '../../tools/local/managed-process.ts';
import { freePort } from '../../tools/local/ports.ts';
import { postgresServer } from '../../tools/local/servers/postgres.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { Forgotten } from './restore-fault.ts';
import type { DrillSystem } from './system.ts';

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 10_000;
/** How long people live with the one that took over, before it is moved to the place of the other. */
const LIVES_ON_MS = 8_000;
/** How much a standby that follows late has missed. */
const BEHIND_MS = 3_000;
const SLOT = 'drill';

/** The primary dies at once; the standby has all that was ever confirmed, since nothing is confirmed without it. */
export async function promoteStandby(system: DrillSystem): Promise<void> {
  const standby = await Standby.of(system);
  try {
    await standby.becomeSynchronous();
    await sleep(LIVES_ON_MS);
    await standby.killPrimary();
    await standby.takeOver();
    await sleep(LIVES_ON_MS);
    await standby.moveHome();
  } finally {
    await standby.end();
  }
}

/** The primary dies while its standby is behind: the newest is lost, and the page is turned for everybody. */
export async function promoteLateStandby(system: DrillSystem): Promise<Forgotten> {
  const standby = await Standby.of(system);
  try {
    await standby.catchUp();
    const from = Date.now();
    standby.wire.cut();
    await sleep(BEHIND_MS);
    await standby.killPrimary();
    const services = system.file.processes.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    await Promise.all(services.map((name) => system.stack.halt(name)));
    let to = 0;
    try {
      await standby.takeOver();
      const { NATS_URL: natsUrl, REDIS_URL: redisUrl } = system.file.env;
      const servers = { ...findSystem(system.file.env), natsUrl: natsUrl!, redisUrl: redisUrl!, databaseUrl: standby.url };
      await acceptDatabase(servers, { endSessions: false }, () => undefined);
      to = Date.now();
    } finally {
      // Whatever fails here, the drills after it need services.
      await Promise.all(services.map((name) => system.stack.resume(name)));
    }
    await sleep(LIVES_ON_MS);
    await standby.moveHome();
    return { from, to };
  } finally {
    await standby.end();
  }
}

/** A second PostgreSQL that follows the one of a system by streaming replication. */
class Standby {
  /** Its superuser's address of Atrium's database. */
  readonly url: string;
  /** The wire by which it follows. */
  readonly wire: FaultProxy;
  readonly #system: DrillSystem;
  readonly #directory: string;
  readonly #process: ManagedProcess;

  private constructor(system: DrillSystem, own: { directory: string; process: ManagedProcess; url: string; wire: FaultProxy }) {
    this.#system = system;
    this.#directory = own.directory;
    this.#process = own.process;
    this.url = own.url;
    this.wire = own.wire;
  }

  static async of(system: DrillSystem): Promise<Standby> {
    const { paths } = system.stack.settings;
    const primary = new URL(primaryUrl(system));
    const [directory, port] = [join(paths.data, 'postgres-standby'), await freePort()];
    const wire = await system.edges.add('standby', 'replication', Number(primary.port));
    await copyData(primary.href, paths.postgres, directory);
    const follows = `host=127.0.0.1 port=${wire.port} user=${primary.username} password=${primary.password} application_name=standby`;
    await give(directory, 'standby.signal', '', paths.postgres);
    // Of two settings of one name, the later counts.
    await give(directory, 'postgresql.auto.conf', `primary_conninfo = '${follows}'\nprimary_slot_name = '${SLOT}'\n`, paths.postgres);
    const log = join(paths.logs, 'postgres-standby.log');
    const spec = await postgresServer({ directory, port, password: primary.password, log, durable: true });
    const process = new ManagedProcess({ ...spec, name: 'postgres-standby' }, { changed: () => undefined, report: () => undefined });
    await process.start(READY_WITHIN_MS);
    const url = Object.assign(new URL(primary), { port: String(port) }).href;
    return new Standby(system, { directory, process, url, wire });
  }

  /** From now on the primary confirms nothing that the standby has not. */
  async becomeSynchronous(): Promise<void> {
    await run(primaryUrl(this.#system), `alter system set synchronous_standby_names = '*'`, 'select pg_reload_conf()');
    await this.#isSeen(`sync_state = 'sync'`);
  }

  async catchUp(): Promise<void> {
    await this.#isSeen(`replay_lag is null or replay_lag < interval '0.5 s'`);
  }

  /** As a power cut takes it, and for good. */
  async killPrimary(): Promise<void> {
    const halted = this.#system.stack.halt('postgres');
    this.#system.signal('postgres', 'SIGKILL');
    await halted;
  }

  /** As an operator, or what does it in their place: it takes writes, and every address leads to it. */
  async takeOver(): Promise<void> {
    await run(this.url, 'select pg_promote(true, 30)');
    for (const wire of this.#system.edges.find('postgres')) wire.moveTo(Number(new URL(this.url).port));
  }

  /** What it holds goes to the place and the address of the first, so that the next drill finds a whole system. */
  async moveHome(): Promise<void> {
    const system = this.#system;
    const { postgres } = system.stack.settings.paths;
    await this.#process.stop(GRACE_MS);
    await rm(postgres, { recursive: true });
    await rename(this.#directory, postgres);
    const port = Number(new URL(primaryUrl(system)).port);
    for (const wire of system.edges.find('postgres')) wire.moveTo(port);
    await system.stack.resume('postgres');
  }

  async end(): Promise<void> {
    await this.#process.stop(GRACE_MS);
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #isSeen(condition: string): Promise<void> {
    const seen = `select 1 from pg_stat_replication where application_name = 'standby' and state = 'streaming' and (${condition})`;
    await waitFor(async () => (await run(primaryUrl(this.#system), seen)).length > 0, {
      withinMs: READY_WITHIN_MS,
      what: 'the standby to follow',
    });
  }
}

/** What the operator's programs are told; services are told of wires to it. */
const primaryUrl = (system: DrillSystem): string => system.file.env['DATABASE_URL']!;

/** A base backup, as PostgreSQL's own documentation makes one: a copy that may be torn, and where its replay begins. */
async function copyData(url: string, from: string, to: string): Promise<void> {
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    await session.query(`select pg_create_physical_replication_slot('${SLOT}', true)`);
    await session.query(`select pg_backup_start('drill', true)`);
    // Files that go while they are copied are made again by the replay.
    await once(spawn('cp', ['-a', from, to], { stdio: 'ignore' }), 'exit');
    const { rows } = await session.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    for (const own of ['postmaster.pid', 'postmaster.opts', 'pg_replslot', 'pg_wal'])
      await rm(join(to, own), { recursive: true, force: true });
    for (const emptied of ['pg_replslot', 'pg_wal']) await give(to, emptied, undefined, from);
    await give(to, 'backup_label', rows[0]!.labelfile, from);
  } finally {
    await session.end();
  }
}

/** Makes a file, or a folder without content, as whoever owns the data of the primary. */
async function give(directory: string, name: string, content: string | undefined, like: string): Promise<void> {
  const path = join(directory, name);
  if (content === undefined) await mkdir(path, { mode: 0o700 });
  else await writeFile(path, content, { mode: 0o600, flag: 'a' });
  const { uid, gid } = await stat(like);
  await chown(path, uid, gid);
}

async function run(url: string, ...statements: string[]): Promise<unknown[]> {
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await session.query(statement));
    return rows;
  } finally {
    await session.end();
  }
}
