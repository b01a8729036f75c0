import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';

/** Where people and operators find it. */
export type Ports = { http: number; https: number; prometheus: number };

/** What an installation is, under these names in the folder of the engine. */
export const FILES = ['docker-compose.yml', 'for-tests.yml'];
/** What watches it, and what its operator runs, each beside the others. */
export const [WATCH_FILE, TOOLS_FILE] = ['watch.yml', 'tools.yml'];
const COPIED = {
  'docker-compose.yml': 'docker-compose.yml',
  [WATCH_FILE]: 'deploy/compose/watch.yml',
  [TOOLS_FILE]: 'deploy/compose/tools.yml',
};

/** What tests want otherwise than people: no limits of requests. */
const FOR_TESTS = { services: { gateway: { environment: { ATRIUM_RATE_LIMITS: 'off' } } } };

/** What compose of 2021, which is what there is a package of, does not know yet. */
const older = (text: string) => text.replace(/^name:.*$/m, '').replace(/^ *start_interval:.*\n/gm, '');

/** Writes the compose files and the `.env` of an installation. */
export async function writeComposeFiles(folder: string, ports: Ports, environment: Record<string, string>): Promise<void> {
  const at = (name: string) => join(folder, name);
  const settings = { ...environment, HTTP_PORT: ports.http, HTTPS_PORT: ports.https, PROMETHEUS_PORT: ports.prometheus };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(at('.env'), lines.join(''), { mode: 0o600 });
  for (const [name, from] of Object.entries(COPIED)) await writeFile(at(name), older(await readFile(join(root, from), 'utf8')));
  await writeFile(at('for-tests.yml'), JSON.stringify(FOR_TESTS));
}
