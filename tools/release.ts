/**
 * `node tools/release.ts 0.2.0`: sets one version everywhere, gives the changelog its heading, and generates anew what
 * tells the version. It commits nothing; look at the diff, commit it as `release: 0.2.0` and tag it `v0.2.0`.
 */
import { execFileSync } from 'node:child_process';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './local/paths.ts';

const VERSION = /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/;
const UNRELEASED = '## Unreleased\n';

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const file = join(root, path);
  const before = await readFile(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${path} has no version to set`);
  await writeFile(file, after);
}

/** The first `"version"` of a file is its own. */
const inJson = (version: string) => (text: string) => text.replace(/"version": "[^"]+"/, `"version": "${version}"`);

/** The lock file repeats the versions of this repository's own packages, and of no others without an address. */
function inLock(version: string) {
  return (text: string): string => {
    const lock = JSON.parse(text) as { version: string; packages: Record<string, { version?: string }> };
    lock.version = version;
    for (const [path, entry] of Object.entries(lock.packages)) if (path === '' || /^libs\/[^/]+$/.test(path)) entry.version = version;
    return `${JSON.stringify(lock, null, 2)}\n`;
  };
}

async function setVersion(version: string, today: string): Promise<void> {
  if (!VERSION.test(version)) throw new Error(`"${version}" is not a version: give one like 0.2.0`);
  for (const lib of await readdir(join(root, 'libs'))) await change(`libs/${lib}/package.json`, inJson(version));
  await change('package.json', inJson(version));
  await change('examples/dice-bot/package.json', (text) => inJson(version)(text).replace(/"\^[^"]+"/, `"^${version}"`));
  await change('package-lock.json', inLock(version));
  await change('libs/contracts/src/version.ts', (text) => text.replace(/'[^']+'/, `'${version}'`));
  await change('CHANGELOG.md', (text) => text.replace(UNRELEASED, `${UNRELEASED}\n## ${version} – ${today}\n`));
}

/** In a process of its own: the version is read when the contracts are loaded. */
function generate(): void {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'tools/gen/main.ts')], { stdio: 'inherit' });
}

try {
  await setVersion(process.argv[2] ?? '', new Date().toISOString().slice(0, 10));
  generate();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
