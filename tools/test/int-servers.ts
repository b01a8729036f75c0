import { mkdir } from 'node:fs/promises';
import { dataPaths } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';
import { loadSecrets } from '../local/secrets.ts';
import { startPostgres } from '../local/server-start.ts';
import { findServer, type ServerName } from '../local/servers/find-server.ts';
import { Supervisor } from '../local/supervisor.ts';

/** What libs/testing reads to find servers. */
export type TestServers = Record<'TEST_DATABASE_URL' | 'TEST_NATS_SERVER' | 'TEST_REDIS_SERVER', string>;

async function programPath(name: ServerName, report: (line: string) => void): Promise<string> {
  const runner = await findServer(name, report);
  if (runner.kind !== 'program') throw new Refusal(`The tests start ${name} many times, which Docker is too slow for: install ${name}.`);
  return runner.path;
}

/** Starts what the int-tests share, PostgreSQL, and finds what every suite starts for itself. */
export async function startIntServers(folder: string, report: (line: string) => void): Promise<{ servers: TestServers; stop: () => Promise<void> }> {
  const paths = dataPaths(folder);
  await mkdir(paths.logs, { recursive: true });
  const supervisor = new Supervisor(paths.stack, report);
  try {
    const databaseUrl = new URL(await startPostgres({ supervisor, paths, secrets: loadSecrets(paths.secrets), durable: false, report }));
    databaseUrl.pathname = '/postgres';
    const servers = {
      TEST_DATABASE_URL: databaseUrl.href,
      TEST_NATS_SERVER: await programPath('nats-server', report),
      TEST_REDIS_SERVER: await programPath('redis-server', report),
    };
    return { servers, stop: () => supervisor.stop() };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}
