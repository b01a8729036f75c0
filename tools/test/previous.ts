import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildProject } from '../local/build.ts';
import { root } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';

const run = promisify(execFile);
const git = async (repository: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: repository, maxBuffer: 16 * 1024 * 1024 })).stdout.trim();

/** What the contracts promised, as it is committed. */
export const LOCK = 'docs/generated/contracts.lock.json';

/**
 * The last commit whose contracts were others: the one before would often have the same, and show nothing.
 * @throws Refusal where the history does not reach so far back
 */
export async function findPrevious(repository = root): Promise<string> {
  const status = await git(repository, 'status', '--porcelain', '--', LOCK).catch((error: Error) => {
    throw new Refusal(`Services of an earlier commit can be had from a clone of the repository alone: ${error.message}`);
  });
  const isTouched = status !== '';
  const changedIn = isTouched ? '' : await git(repository, 'log', '-1', '--format=%H', '--', LOCK);
  const wanted = isTouched ? 'HEAD' : `${changedIn}^`;
  const found = await git(repository, 'rev-parse', '--verify', '--quiet', `${wanted}^{commit}`).catch(() => '');
  if (found) return found;
  throw new Refusal(
    `The commit before the contracts last changed is not in this clone, which holds only the newest ones: git fetch --unshallow.`,
  );
}

/** Takes the services as a commit has them into a folder and builds them there, on the packages that are installed. */
export async function buildPrevious(folder: string, commit: string, apps: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const archive = join(folder, 'previous.tar');
  await git(root, 'archive', '--output', archive, commit, 'libs', LOCK, ...apps.map((app) => `apps/${app}`));
  await run('tar', ['-xf', archive, '-C', folder]);
  await linkPackages(folder);
  const libs = (await readdir(join(folder, 'libs')))
    .map((lib) => `libs/${lib}`)
    .filter((lib) => existsSync(join(folder, lib, 'package.json')));
  for (const project of [...libs, ...apps.map((app) => `apps/${app}`)]) await buildProject(join(folder, project));
}

/** Its own libs, and all other packages as they are here: not by symbolic links, since the extractor of files may read nothing that they lead to. */
async function linkPackages(folder: string): Promise<void> {
  const [ours, theirs] = [join(folder, 'node_modules'), join(root, 'node_modules')];
  await mkdir(join(ours, '@atrium'), { recursive: true });
  for (const lib of await readdir(join(folder, 'libs'))) await symlink(join(folder, 'libs', lib), join(ours, '@atrium', lib));
  const packages = (await readdir(theirs)).filter((name) => name !== '@atrium' && !name.startsWith('.'));
  const copy = (how: string) => run('cp', [how, ...packages.map((name) => join(theirs, name)), ours]);
  // Hard links, where both folders are on one disk.
  await copy('-al').catch(() => copy('-a'));
}
