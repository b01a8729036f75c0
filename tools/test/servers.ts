/** `npm run servers`: what the int-tests need, until Ctrl-C, for running one of them by hand. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../local/lifetime.ts';
import { root } from '../local/paths.ts';
import { startIntServers } from './int-servers.ts';

/** Where libs/testing looks for them. */
const FILE = join(root, '.local/test-servers.json');

const folder = await mkdtemp(join(tmpdir(), 'atrium-servers-'));
// PostgreSQL, which runs as another user when we are root, must be able to pass through.
await chmod(folder, 0o711);
const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });

try {
  const { servers, stop } = await startIntServers(folder, (line) => process.stdout.write(`  ${line}\n`));
  await writeFile(FILE, `${JSON.stringify(servers, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write('\n  PostgreSQL for tests is up, and .local/test-servers.json tells where. Ctrl-C ends it.\n\n');
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    await rm(FILE, { force: true });
    await stop();
    await remove();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void end());
  // Started by the bootstrap, which holds a channel to us: without it nobody could stop us any more.
  process.once('disconnect', () => void end());
} catch (error) {
  fail(error);
  await remove();
  process.exit(1);
}
