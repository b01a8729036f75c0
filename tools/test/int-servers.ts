import { mkdirSync } from 'node:fs';
import { dataPaths, type DataPaths } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';
import { loadSecrets } from '../local/secrets.ts';
import { startPostgres } from '../local/server-start.ts';
import type { ServerName } from '../local/servers/apt.ts';
import { findServer } from '../local/servers/find-server.ts';
import { Supervisor } from '../local/supervisor.ts';

/** What libs/testing reads to find servers. */
export type TestServers = Record<'TEST_DATABASE_URL' | 'TEST_NATS_SERVER' | 'TEST_REDIS_SERVER', string>;

async function programPath(name: ServerName, report: (line: string) => void): Promise<string> {
  const runner = await findServer(name, report);
  if (runner.kind !== 'program') throw new Refusal(`The tests start ${name} many times, which Docker is too slow for: install ${name}.`);
  return runner.path;
}

/** What the int-tests share, PostgreSQL, and the programs that every suite starts for itself. */
export class IntServers {
  readonly #paths: DataPaths;
  readonly #report: (line: string) => void;
  readonly #supervisor: Supervisor;

  /** Starts nothing yet, so that whoever made it can see to `stop` first. */
  constructor(folder: string, report: (line: string) => void) {
    this.#paths = dataPaths(folder);
    this.#report = report;
    mkdirSync(this.#paths.logs, { recursive: true });
    this.#supervisor = new Supervisor(this.#paths.stack, report);
  }

  async start(): Promise<TestServers> {
    const [paths, report] = [this.#paths, this.#report];
    const databaseUrl = new URL(
      await startPostgres({ supervisor: this.#supervisor, paths, secrets: loadSecrets(paths.secrets), durable: false, report }),
    );
    databaseUrl.pathname = '/postgres';
    return {
      TEST_DATABASE_URL: databaseUrl.href,
      TEST_NATS_SERVER: await programPath('nats-server', report),
      TEST_REDIS_SERVER: await programPath('redis-server', report),
    };
  }

  /** Ends what runs, also in the middle of a start, which then fails. */
  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}
