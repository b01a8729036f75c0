import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataPaths, root } from '../local/paths.ts';
import { freePort } from '../local/ports.ts';
import { Refusal } from '../local/refusal.ts';
import { loadSecrets } from '../local/secrets.ts';
import { startPostgres } from '../local/server-start.ts';
import { findServer, type ServerName } from '../local/servers/find-server.ts';
import { readSettings } from '../local/settings.ts';
import { Stack } from '../local/stack.ts';
import { Supervisor } from '../local/supervisor.ts';
import { findChromium } from './chromium.ts';
import { checkProgram, checkProjects, testProjects } from './nx-run.ts';
import { nothing, type Tally } from './tally.ts';

export interface PhaseContext {
  /** A folder that goes away with the run. */
  folder: string;
  report: (line: string) => void;
  /** What has to be undone, however the run ends. */
  onEnd: (undo: () => Promise<void>) => void;
}

export type Phase = (context: PhaseContext) => Promise<Tally>;

const lint: Phase = () => checkProjects({ target: 'lint', env: process.env, parallel: 2, limitMinutes: 8 });
const typecheck: Phase = () => checkProjects({ target: 'typecheck', env: process.env, parallel: 2, limitMinutes: 8 });
const unit: Phase = () => testProjects({ target: 'test', env: process.env, parallel: 2, limitMinutes: 8 });

const generator = 'tools/gen/main.ts';
/** What is generated and committed must be what would be generated now. */
const generated: Phase = async () => (existsSync(join(root, generator)) ? checkProgram(process.execPath, [generator, '--check'], 3) : nothing);

async function programPath(name: ServerName, report: (line: string) => void): Promise<string> {
  const runner = await findServer(name, report);
  if (runner.kind !== 'program') throw new Refusal(`The tests start ${name} many times, which Docker is too slow for: install ${name}.`);
  return runner.path;
}

/** One service at a time against real servers: PostgreSQL shared, NATS and Redis each suite's own. */
const int: Phase = async ({ folder, report, onEnd }) => {
  const paths = dataPaths(join(folder, 'int'));
  await mkdir(paths.logs, { recursive: true });
  const supervisor = new Supervisor(paths.stack, report);
  onEnd(() => supervisor.stop());
  const databaseUrl = new URL(await startPostgres({ supervisor, paths, secrets: loadSecrets(paths.secrets), durable: false, report }));
  databaseUrl.pathname = '/postgres';
  const env = {
    ...process.env,
    TEST_DATABASE_URL: databaseUrl.href,
    TEST_NATS_SERVER: await programPath('nats-server', report),
    TEST_REDIS_SERVER: await programPath('redis-server', report),
  };
  const tally = await testProjects({ target: 'int', env, parallel: 2, limitMinutes: 12 });
  await supervisor.stop();
  return tally;
};

/** Everything at once, from outside. */
const e2e: Phase = async ({ folder, report, onEnd }) => {
  const settings = readSettings({
    ...process.env,
    PORT: String(await freePort()),
    ATRIUM_DATA: join(folder, 'e2e'),
    ATRIUM_SEED: '0',
    ATRIUM_RATE_LIMITS: 'off',
    ACCOUNTS_ADMINS: 'ada',
  });
  const stack = new Stack(settings, report);
  onEnd(() => stack.stop());
  await stack.start();
  const env = {
    ...process.env,
    ATRIUM_URL: `http://127.0.0.1:${settings.port}`,
    ATRIUM_STACK: settings.paths.stack,
    CHROMIUM_PATH: findChromium(report),
  };
  const tally = await testProjects({ target: 'e2e', env, parallel: 1, limitMinutes: 12 });
  await stack.stop();
  return tally;
};

export const phases: Record<string, Phase> = { lint, typecheck, generated, unit, int, e2e };
