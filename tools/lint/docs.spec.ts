import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../local/paths.ts';

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const pages = git('ls-files', '--cached', '--others', '--exclude-standard', '*.md').filter((path) => existsSync(join(root, path)) && !path.startsWith('docs/generated/'));
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** `apps/rooms/src/main.ts` and the like; not patterns, nor what is made later. */
const ours = (path: string) => /^(apps|libs|docs|deploy|tools|e2e|bench)\/[\w./-]+$/.test(path) && !/\/(dist|node_modules)(\/|$)/.test(path);

describe('the documents', () => {
  it('link only to what exists', () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] as string)
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only files that exist', () => {
    const missing = pages.flatMap((page) => {
      const text = textOf(page);
      const named = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^([\w./-]+)\s/gm)].map((match) => match[1] as string);
      const nearby = named.filter((path) => /^(src|test|migrations)\/[\w./-]+$/.test(path) && !existsSync(join(root, dirname(page), path)));
      return [...named.filter((path) => ours(path) && !existsSync(join(root, path))), ...nearby].map((path) => `${page}: ${path}`);
    });
    expect(missing).toEqual([]);
  });

  it('name only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const unknown = pages.flatMap((page) =>
      [...textOf(page).matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1] as string).filter((name) => !(name in scripts)).map((name) => `${page}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
