/**
 * `npm run test:one -- messages sends`: the tests of one project with these words in their paths, of whatever tier, with
 * the servers that they need. In a terminal they run again at each change, on the same servers, until Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../local/lifetime.ts';
import { root } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';
import { findChromium } from './chromium.ts';
import { anE2eStack } from './e2e-stack.ts';
import { IntServers } from './int-servers.ts';
import { folderOf, testFiles, tierOf, type Tier } from './test-files.ts';

const NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
const report = (line: string) => process.stdout.write(`  ${line}\n`);
const undoings: (() => Promise<unknown>)[] = [];

async function intServers(): Promise<Record<string, string>> {
  // Those of "npm run servers" are found by the tests themselves.
  if (existsSync(join(root, '.local/test-servers.json'))) return {};
  const folder = await mkdtemp(join(tmpdir(), 'atrium-test-one-'));
  undoings.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  // PostgreSQL, which runs as another user when we are root, must be able to pass through.
  await chmod(folder, 0o711);
  const servers = new IntServers(folder, report);
  undoings.push(() => servers.stop());
  return servers.start();
}

async function wholeStack(): Promise<Record<string, string>> {
  const CHROMIUM_PATH = await findChromium(report);
  if (process.env['ATRIUM_URL'] && process.env['ATRIUM_STACK']) return { CHROMIUM_PATH };
  // Its data stays, so that the next start is a quick one.
  const { stack, env } = await anE2eStack(join(root, '.local/test-one'), report);
  undoings.push(() => stack.stop());
  await stack.start();
  return { ...env, CHROMIUM_PATH };
}

const SERVERS: Record<Tier, () => Promise<Record<string, string>>> = { unit: () => Promise.resolve({}), int: intServers, e2e: wholeStack };

function jest(folder: string, files: readonly string[], env: Record<string, string>): Promise<number> {
  const slow = files.some((file) => tierOf(file) !== 'unit');
  const args = [
    ...[join(root, 'node_modules/jest/bin/jest.js'), '--runTestsByPath', ...files],
    // A project's own pattern names one tier.
    ...['spec.ts', 'spec.tsx', 'int-spec.ts', 'e2e-spec.ts'].map((end) => `--testMatch=**/*.${end}`),
    ...(slow ? ['--runInBand'] : []),
    ...(files.some((file) => tierOf(file) === 'int') ? ['--testTimeout=30000'] : []),
    ...(process.stdin.isTTY && !process.env['CI'] ? ['--watch'] : []),
  ];
  const child = spawn(process.execPath, args, { cwd: join(root, folder), env: { ...process.env, ...env, NODE_OPTIONS }, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function cleanUp(): Promise<void> {
  for (const undo of undoings.splice(0).reverse()) await undo();
}

async function run([project, ...words]: string[]): Promise<number> {
  if (project === undefined || words.length === 0)
    throw new Refusal('Give a project and words of a test’s path: npm run test:one -- messages sends');
  const folder = folderOf(root, project);
  const files = await testFiles(root, folder, words);
  const env: Record<string, string> = {};
  for (const tier of new Set(files.flatMap((file) => tierOf(file) ?? []))) Object.assign(env, await SERVERS[tier]());
  return jest(folder, files, env);
}

const stop = () => void cleanUp().finally(() => process.exit(130));
for (const name of ['SIGTERM', 'SIGHUP'] as const) process.once(name, stop);
process.once('disconnect', stop);
// In a terminal Jest hears Ctrl-C as well; when it has ended, so do the servers.
process.on('SIGINT', () => undefined);

let code = 1;
try {
  code = await run(process.argv.slice(2));
} catch (error) {
  fail(error);
}
await cleanUp();
process.exit(code);
