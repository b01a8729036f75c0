import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LOCK, findPrevious } from './previous.ts';

const AUTHOR = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];

describe('the commit before the contracts last changed', () => {
  let folder: string;
  let repository: string;
  const git = (cwd: string, ...args: string[]) => execFileSync('git', [...AUTHOR, ...args], { cwd, encoding: 'utf8' }).trim();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  };
  const commit = (path: string, text: string) => {
    write(path, text);
    git(repository, 'add', '--all');
    git(repository, 'commit', '--quiet', '--message', text);
    return git(repository, 'rev-parse', 'HEAD');
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-previous-'));
    repository = join(folder, 'origin');
    mkdirSync(repository);
    git(repository, 'init', '--quiet');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is found behind commits that left them as they are', async () => {
    commit(LOCK, 'first');
    const last = commit('README.md', 'of the first');
    commit(LOCK, 'second');
    commit('README.md', 'of the second');
    expect(await findPrevious(repository)).toBe(last);
  });

  it('is the newest one while they are being changed', async () => {
    const last = commit(LOCK, 'first');
    write(LOCK, 'second');
    expect(await findPrevious(repository)).toBe(last);
  });

  it('is missed with what to do where a clone has no history', async () => {
    commit(LOCK, 'first');
    commit(LOCK, 'second');
    const clone = join(folder, 'clone');
    git(folder, 'clone', '--quiet', '--depth', '1', pathToFileURL(repository).href, clone);
    await expect(findPrevious(clone)).rejects.toThrow('git fetch --unshallow');
  });
});
