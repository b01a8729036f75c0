import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { countFindings, report as reportOf, summary } from '../check/report.ts';
import { runChecks } from '../check/run-checks.ts';
import { say } from '../local/console.ts';
import { takeLock } from '../local/lock.ts';
import { Refusal } from '../local/refusal.ts';
import { loadSecrets } from '../local/secrets.ts';
import { startServers } from '../local/server-start.ts';
import type { ServerAddresses } from '../local/services.ts';
import { readSettings, type Settings } from '../local/settings.ts';
import { endLeftovers } from '../local/stack-file.ts';
import { Supervisor } from '../local/supervisor.ts';
import { acceptDatabase, restoreBackup } from './restore.ts';

/** @returns the exit code */
export async function restoreFrom(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'end-sessions': { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      'as-it-stands': { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  const { 'end-sessions': endSessions, replace, 'as-it-stands': asItStands } = values;
  if (asItStands ? folder || replace : !folder)
    throw new Refusal(
      'Say from which folder: npm run restore -- <folder> [--replace] [--end-sessions]\n' +
        'or, for a database that was promoted or put back by other means: npm run restore -- --as-it-stands [--end-sessions]',
    );
  return withServers(readSettings(), async (servers) => {
    if (folder) await restoreBackup(servers, { folder, endSessions, replace }, say);
    else await acceptDatabase(servers, { endSessions }, say);
    const results = await runChecks({ databaseUrl: servers.databaseUrl, s3: servers.s3 });
    for (const line of [...reportOf(results), summary(results)]) process.stdout.write(`${line}\n`);
    return countFindings(results) > 0 ? 1 : 0;
  });
}

/** With the servers that the environment names, and those of the data folder for what it does not; no service runs on them. */
async function withServers(settings: Settings, work: (servers: ServerAddresses) => Promise<number>): Promise<number> {
  const { databaseUrl, natsUrl, redisUrl, s3 } = settings.given;
  // Whoever runs all of them elsewhere has provisioned them, with passwords that are not to be changed.
  if (databaseUrl && natsUrl && redisUrl && s3) return work({ databaseUrl, natsUrl, redisUrl, s3 });
  const { paths, durable } = settings;
  await mkdir(paths.logs, { recursive: true });
  const release = takeLock(paths.lock);
  await endLeftovers(paths.stack);
  const supervisor = new Supervisor(paths.stack, say);
  try {
    say('starting the servers');
    return await work(await startServers({ supervisor, paths, secrets: loadSecrets(paths.secrets), durable, report: say }, settings));
  } finally {
    await supervisor.stop();
    release();
  }
}
