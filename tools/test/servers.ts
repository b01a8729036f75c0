/** `npm run servers`: what the int-tests need, until Ctrl-C, for running one of them by hand. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail } from '../local/lifetime.ts';
import { root } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';
import { IntServers } from './int-servers.ts';

/** Where libs/testing looks for them. */
const FILE = join(root, '.local/test-servers.json');

const folder = await mkdtemp(join(tmpdir(), 'atrium-servers-'));
// PostgreSQL, which runs as another user when we are root, must be able to pass through.
await chmod(folder, 0o711);
const servers = new IntServers(folder, (line) => process.stdout.write(`  ${line}\n`));

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await servers.stop();
  await rm(FILE, { force: true });
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void end(0));
// Started by the bootstrap, which holds a channel to us: without it nobody could stop us any more.
process.once('disconnect', () => void end(0));

try {
  const addresses = await servers.start();
  if (ending) throw new Refusal('Stopped while it was starting.');
  // A fresh clone on a machine that has every server has no such folder yet.
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write('\n  PostgreSQL for tests is up, and .local/test-servers.json tells where. Ctrl-C ends it.\n\n');
} catch (error) {
  // A failure that the end itself caused is no news.
  if (!ending) fail(error);
  await end(1);
}
