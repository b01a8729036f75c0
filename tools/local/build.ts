/**
 * Builds one project: `node tools/local/build.ts apps/rooms`. Services and libs go file by file
 * through SWC (no bundling: the output mirrors the sources), the page goes through Vite.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { transformFile } from '@swc/core';
import { build as viteBuild } from 'vite';
import { root } from './paths.ts';

const isTest = (path: string) => /\.(spec|int-spec)\.tsx?$/.test(path);

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name) && !isTest(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function compile(source: string, target: string): Promise<void> {
  const { code, map } = await transformFile(source, { cwd: root, configFile: join(root, '.swcrc') });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.map`, map ?? '');
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.slice(target.lastIndexOf('/') + 1)}.map\n`);
}

/** A lib (it has a package.json) keeps `dist/index.js`; an app keeps `dist/src/main.js` beside `dist/migrations`. */
export async function buildProject(project: string): Promise<void> {
  const folder = resolve(root, project);
  if (['vite.config.ts', 'vite.config.js'].some((name) => existsSync(join(folder, name)))) {
    await viteBuild({ root: folder, logLevel: 'warn' });
    return;
  }
  const out = join(folder, 'dist');
  const base = existsSync(join(folder, 'package.json')) ? join(folder, 'src') : folder;
  const folders = ['src', 'migrations'].map((name) => join(folder, name)).filter((path) => existsSync(path));
  await rm(out, { recursive: true, force: true });
  for (const sources of await Promise.all(folders.map(sourcesIn))) {
    await Promise.all(sources.map((file) => compile(file, join(out, file.slice(base.length + 1).replace(/\.ts$/, '.js')))));
  }
}

if (import.meta.main) {
  const project = process.argv[2];
  if (!project) throw new Error('usage: node tools/local/build.ts <project folder>');
  await buildProject(project).catch((error: unknown) => {
    // Where in the compiler it was noticed helps nobody.
    process.stderr.write(`${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = 1;
  });
}
