import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchedServers } from '../paths.ts';

/** Servers that are programs, which npm does not have. */
export type ServerName = 'nats-server' | 'redis-server';

const run = promisify(execFile);

/** What can be fetched: the servers, the browser of the tests, and what watches in drills. */
type Packaged = ServerName | 'chromium' | 'prometheus';

const packages: Record<Packaged, string[]> = {
  'nats-server': ['nats-server'],
  'redis-server': ['redis-server'],
  chromium: ['chromium', 'fonts-liberation'],
  prometheus: ['prometheus'],
};
/** Never taken along: the C library must be the system's own. */
const partOfTheSystem = /^(libc6|libc-bin|libc-l10n|locales|base-files|dpkg|init-system-helpers)$/;

/** Where apt keeps its lists: the system's, or our own when those are empty or old and we may not renew them. */
function ownState(folder: string): string[] {
  return ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${join(folder, 'cache')}`];
}

/** The packages to unpack for these: themselves and what they need that this system lacks. */
async function closure(names: string[], options: string[]): Promise<string[]> {
  const { stdout } = await run('apt-get', [...options, '--simulate', '--no-install-recommends', '-y', 'install', ...names]);
  const needed = [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]).filter((name) => name !== undefined);
  return [...new Set([...names, ...needed])].filter((name) => !partOfTheSystem.test(name));
}

async function download(names: string[], folder: string, options: string[]): Promise<void> {
  // Without the sandbox user, who may not write into our folder.
  const all = [...options, '-o', 'APT::Sandbox::User=root', '-qq'];
  await run('apt-get', [...all, 'download', ...(await closure(names, options))], { cwd: folder });
}

async function downloadWithFreshLists(names: string[], folder: string): Promise<void> {
  const options = ownState(folder);
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  // One source of many that cannot be reached is no reason to give up: the download tells.
  await run('apt-get', [...options, '-o', 'APT::Sandbox::User=root', '-qq', 'update']).catch(() => undefined);
  await download(names, folder, options);
}

async function foldersWithLibraries(tree: string): Promise<string[]> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  return [...new Set(entries.filter((entry) => /\.so(\.|$)/.test(entry.name)).map((entry) => entry.parentPath))];
}

async function programIn(tree: string, name: string): Promise<string> {
  // Chromium's own folder first: what it has in usr/bin is a script that looks for it in /usr/lib.
  const folders = [`usr/lib/${name}`, 'usr/sbin', 'usr/bin'];
  const found = folders.map((folder) => join(tree, folder, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`the package does not hold ${name}`);
  return found;
}

/** The system's fonts and those unpacked with the program. */
async function writeFontConfiguration(tree: string, final: string): Promise<string> {
  const folders = ['/usr/share/fonts', join(final, 'usr/share/fonts')].map((folder) => `<dir>${folder}</dir>`).join('');
  const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  await writeFile(
    join(tree, 'fonts.conf'),
    `<?xml version="1.0"?>\n<fontconfig>${system}${folders}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n`,
  );
  return join(final, 'fonts.conf');
}

/** A script that runs the unpacked program with the libraries and fonts unpacked beside it. */
async function writeLauncher(tree: string, name: string, final: string): Promise<void> {
  const moved = (path: string) => path.replace(tree, final);
  const libraries = (await foldersWithLibraries(tree)).map(moved).join(':');
  const program = moved(await programIn(tree, name));
  const launcher = join(tree, name);
  const fonts = existsSync(join(tree, 'usr/share/fonts')) ? `export FONTCONFIG_FILE='${await writeFontConfiguration(tree, final)}'\n` : '';
  await writeFile(launcher, `#!/bin/sh\nexport LD_LIBRARY_PATH='${libraries}'\n${fonts}exec '${program}' "$@"\n`);
  await chmod(launcher, 0o755);
}

/** Whether this system has packages that can be fetched and unpacked. */
export const hasApt = (): boolean => process.platform === 'linux' && existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg');

/** Downloads packages and what they need that this system lacks, and unpacks them all into `work/tree`. @returns that folder */
export async function unpackFromApt(names: string[], work: string): Promise<string> {
  await download(names, work, []).catch(() => downloadWithFreshLists(names, work));
  const tree = join(work, 'tree');
  for (const file of (await readdir(work)).filter((entry) => entry.endsWith('.deb'))) await run('dpkg', ['-x', join(work, file), tree]);
  return tree;
}

/** Debian and Ubuntu: takes the package from the archive and unpacks it in our own folder, with no root and nothing installed. */
export async function fetchFromApt(name: Packaged, report: (line: string) => void): Promise<string | undefined> {
  const final = join(fetchedServers, name);
  const launcher = join(final, name);
  if (existsSync(launcher)) return launcher;
  if (!hasApt()) return undefined;
  report(`fetching ${name} from the system's package archive`);
  await mkdir(fetchedServers, { recursive: true });
  const work = await mkdtemp(join(fetchedServers, `.${name}-`));
  try {
    const tree = await unpackFromApt(packages[name], work);
    await writeLauncher(tree, name, final);
    // Another start may have been quicker; then its tree is as good as ours.
    await rename(tree, final).catch((error: unknown) => {
      if (!existsSync(launcher)) throw error;
    });
    await run(launcher, ['--version']);
    return launcher;
  } catch (error) {
    report(`${name} cannot be fetched from the package archive: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
