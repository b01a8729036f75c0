import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { facts } from '../check/facts.ts';
import { databaseServices } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';
import type { ServerAddresses } from '../local/services.ts';
import { emptyRedis, forgetStreams } from './carriers.ts';
import { readManifest, type Manifest } from './layout.ts';
import { loadSchema, verifyTables } from './load-schema.ts';
import { requireKnown } from './migrations.ts';
import { putObjects, removeStrangers } from './restore-objects.ts';

const GONE_WITHIN_MS = 5_000;

// Of migrations, only what goes wrong is news here.
Logger.overrideLogger(['error', 'warn']);

export interface RestoreOptions {
  folder: string;
  /** Everybody has to sign in again. */
  endSessions: boolean;
  /** Also over a system in which somebody is registered already. */
  replace: boolean;
}

type Report = (line: string) => void;

/**
 * Makes the database and the store what a backup says. PostgreSQL is the only truth: what carries (streams, queues,
 * presence) is emptied, so that nothing of the time after the backup comes back by it, and every room gets another epoch,
 * so that no client adds new entries to old ones.
 */
export async function restoreBackup(servers: ServerAddresses, options: RestoreOptions, report: Report): Promise<void> {
  const { folder } = options;
  const manifest = await readManifest(folder);
  const database = new pg.Client({ connectionString: servers.databaseUrl, application_name: 'atrium-restore' });
  await database.connect();
  try {
    await requireAtRest(database);
    if (!options.replace) await requireEmpty(database);
    report('reading the backup through');
    for (const schema of databaseServices) await requireKnown(schema, manifest.schemas[schema].migrations);
    await verifyTables(folder, manifest);
    for (const schema of databaseServices) {
      report(`restoring ${schema}`);
      await loadSchema(database, servers.databaseUrl, { folder, schema, ...manifest.schemas[schema] });
    }
    await turnThePage(database, options);
    report('restoring objects');
    await putObjects(servers.s3, folder);
    const strangers = await removeStrangers(database, servers.s3);
    await forgetStreams(servers.natsUrl);
    await emptyRedis(servers.redisUrl);
    report(summaryOf(manifest, strangers));
  } finally {
    await database.end();
  }
}

/**
 * Goes on with a database as it stands, of which the newest that was confirmed may be missing: a standby that was promoted
 * before it had everything, or a snapshot of a volume. Nothing of the time that it does not know comes back by what
 * carries or by the store, and every room gets another epoch.
 */
export async function acceptDatabase(
  servers: ServerAddresses,
  options: Pick<RestoreOptions, 'endSessions'>,
  report: Report,
): Promise<void> {
  const database = new pg.Client({ connectionString: servers.databaseUrl, application_name: 'atrium-restore' });
  await database.connect();
  try {
    await requireAtRest(database);
    await turnThePage(database, options);
    const strangers = await removeStrangers(database, servers.s3);
    await forgetStreams(servers.natsUrl);
    await emptyRedis(servers.redisUrl);
    report(`the database stands as it is${removedOf(strangers)}; every room has another epoch`);
  } finally {
    await database.end();
  }
}

function summaryOf({ madeAt, objects }: Manifest, strangers: number): string {
  return `the system is what it was at ${madeAt}: ${objects} objects${removedOf(strangers)}; every room has another epoch`;
}

const removedOf = (strangers: number): string => (strangers > 0 ? `; removed ${strangers} objects of a later time` : '');

/** PostgreSQL takes a moment to see that a service which was just stopped is gone. */
async function requireAtRest(database: pg.Client): Promise<void> {
  const connected = async () =>
    (
      await database.query<{ usename: string }>(
        `select distinct usename from pg_stat_activity where datname = current_database() and usename like 'atrium\\_%' order by 1`,
      )
    ).rows;
  let rows = await connected();
  for (const until = Date.now() + GONE_WITHIN_MS; rows.length > 0 && Date.now() < until; rows = await connected()) await sleep(200);
  if (rows.length > 0) throw new Refusal(`Stop every service first: ${rows.map(({ usename }) => usename).join(', ')} are connected.`);
}

async function requireEmpty(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{ there: boolean }>(`select to_regclass('accounts.users') is not null as there`);
  if (!rows[0]?.there) return;
  const { rowCount } = await database.query('select from accounts.users limit 1');
  if (rowCount) throw new Refusal('Somebody is registered here already. To put the backup in the place of all of it, add --replace.');
}

/** What must differ from the moment of the backup. */
async function turnThePage(database: pg.Client, { endSessions }: Pick<RestoreOptions, 'endSessions'>): Promise<void> {
  await database.query('update messages.rooms set epoch = gen_random_uuid()');
  // Services ask for what they have not taken in among the facts of the last days; these may be older by now.
  for (const { owner, key, readers } of facts) {
    const missedBy = (reader: string) => `f.version > coalesce((select version from ${reader}.fact_heads h where h.key = f.${key}), 0)`;
    await database.query(`update ${owner}.facts f set at = now() where ${readers.map(missedBy).join(' or ')}`);
  }
  if (endSessions) await database.query(`update accounts.sessions set ended_at = now(), end_reason = 'ended' where ended_at is null`);
}
