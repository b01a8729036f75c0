import { readFileSync } from 'node:fs';

type Variable = 'TEST_DATABASE_URL' | 'TEST_NATS_SERVER' | 'TEST_REDIS_SERVER' | 'LD_LIBRARY_PATH';

/** Written by `npm run servers`, for running one test by hand. */
const SERVERS_FILE = new URL('../../../.local/test-servers.json', import.meta.url);

/**
 * Where the servers for tests are: a PostgreSQL that is up, and the binaries of NATS and Redis, of which every suite
 * starts its own. `npm test` sets all of it in the environment.
 */
export function required(name: Variable): string {
  const value = process.env[name] ?? fromServersFile()[name];
  if (!value) throw new Error(`${name} is not set: run "npm test", or "npm run servers" and then this test alone`);
  return value;
}

/** The environment of servers that were unpacked rather than installed: their libraries lie beside them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const libraries = process.env['LD_LIBRARY_PATH'] ?? fromServersFile()['LD_LIBRARY_PATH'];
  return libraries ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env;
}

function fromServersFile(): Partial<Record<Variable, string>> {
  try {
    return JSON.parse(readFileSync(SERVERS_FILE, 'utf8')) as Partial<Record<Variable, string>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
