import { isDeepStrictEqual } from 'node:util';
import { makeBackup } from '../../tools/backup/backup.ts';
import { restoreBackup } from '../../tools/backup/restore.ts';
import { countFindings } from '../../tools/check/report.ts';
import { runChecks } from '../../tools/check/run-checks.ts';
import { findSystem } from '../../tools/check/system.ts';
import { say } from '../../tools/local/console.ts';
import { Gatherer } from '../drills/gather.ts';
import type { Outcome } from '../drills/run-drill.ts';
import type { Composed } from './composed.ts';

const KINDS = ['entries', 'members', 'files', 'credits'] as const;
/** A restored table gives its rows in another order. */
const inAnyOrder = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** What was stored is there, whole, after all containers were made anew. */
export async function checkAfterwards(composed: Composed, { history, stored }: Outcome): Promise<string[]> {
  const gatherer = await Gatherer.to(composed.file.env['DATABASE_URL']!);
  const now = await gatherer.gather(history);
  await gatherer.end();
  const changed = KINDS.filter((kind) => !isDeepStrictEqual(inAnyOrder(now[kind]), inAnyOrder(stored[kind])));
  const results = await runChecks(findSystem(composed.file.env));
  return [
    ...changed.map((kind) => `${kind} are not what they were`),
    ...(countFindings(results) === 0 ? [] : results.flatMap(({ findings }) => findings.map(({ check, says }) => `${check}: ${says}`))),
  ];
}

/** Makes a backup, forgets everything, and restores it. @returns how many seconds the restore took */
export async function backUpAndRestore(composed: Composed, folder: string): Promise<number> {
  await makeBackup(findSystem(composed.file.env), folder, say);
  await composed.down('--volumes');
  await composed.upServersAlone();
  const { databaseUrl, s3 } = findSystem(composed.file.env);
  const servers = { databaseUrl, s3, natsUrl: composed.file.env['NATS_URL']!, redisUrl: composed.file.env['REDIS_URL']! };
  const began = Date.now();
  await restoreBackup(servers, { folder, replace: false, endSessions: false }, say);
  const took = Math.round((Date.now() - began) / 1000);
  await composed.up();
  return took;
}
