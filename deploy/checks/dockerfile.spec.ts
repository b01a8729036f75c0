import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { services } from '../../tools/local/services.ts';
import { root } from '../../tools/local/paths.ts';
import { readDockerfile } from './dockerfile.ts';

const stages = readDockerfile();
const stage = (name: string) => stages.find((candidate) => candidate.name === name);
const targets = stages.filter(({ base }) => base === 'runtime');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };

/** What a build makes stands for what it is made of: `apps/rooms/dist/src/main.js` for `apps/rooms/src/main.ts`. */
function sourceOf(path: string): string {
  return path.replace(/^(apps|libs)\/([\w-]+)\/dist$/, '$1/$2/src').replace(/^(apps\/[\w-]+)\/dist\/(.*)\.js$/, '$1/$2.ts');
}

function sourceFiles(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(spec|int-spec|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Packages that the compiled code loads; types are gone by then. */
function packagesOf(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s(?!type\b)[^;]*?from\s+'([^'.][^']*)'|^import\s+'([^'.][^']*)'|import\('([^'.][^']*)'\)/gm,
  );
  return [...imports]
    .map((match) => (match[1] ?? match[2] ?? match[3]) as string)
    .filter((name) => !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

describe('the Dockerfile', () => {
  it('copies from the repository only what is there', () => {
    const missing = stages
      .flatMap(({ copies }) => copies.filter(({ from }) => !from).flatMap(({ sources }) => sources))
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('copies from other stages only what they have', () => {
    const copies = stages.flatMap((each) => each.copies.filter(({ from }) => from));
    const missing = copies.filter(({ from }) => !stage(from as string)).map(({ from }) => from);
    for (const { sources } of copies.filter(({ from }) => from === 'build')) {
      for (const path of sources) {
        const inRepository = path.replace(/^\/atrium\//, '');
        if (!existsSync(join(root, sourceOf(inRepository)))) missing.push(path);
      }
    }
    expect(missing).toEqual([]);
  });

  it('gives npm the manifest of every workspace, without which it refuses to install', () => {
    const given = stage('manifests')?.copies.flatMap(({ sources }) => sources) ?? [];
    const manifests = readdirSync(join(root, 'libs')).map((lib) => `libs/${lib}/package.json`);
    expect(manifests.filter((path) => !given.includes(path))).toEqual([]);
  });

  it('has a target for every app that runs, which starts it with Node as the first process', () => {
    const apps = [...new Set(services.map(({ app }) => app))].sort();
    expect(targets.map(({ name }) => name).sort()).toEqual(apps);
    for (const { name, command } of targets) {
      expect(command?.[0]).toBe('node');
      expect(command?.at(-1)).toBe(`apps/${name}/dist/src/main.js`);
      expect(existsSync(join(root, sourceOf(command?.at(-1) ?? '')))).toBe(true);
    }
  });

  it('puts each app’s code where its command looks for it', () => {
    for (const { name, copies } of targets) expect(copies.map(({ destination }) => destination)).toContain(`apps/${name}/dist`);
    expect(stage('gateway')?.environment['GATEWAY_WEB_DIR']).toBe('/atrium/apps/web/dist');
  });

  it('installs for production every package that the apps and their libs load', () => {
    const shipped = [...(stage('runtime')?.copies ?? []), ...targets.flatMap(({ copies }) => copies)];
    const folders = shipped
      .map(({ destination }) => destination)
      .filter((path) => /\/dist$/.test(path) && path !== 'apps/web/dist')
      .map(sourceOf);
    const absent = new Set<string>();
    for (const file of folders.flatMap(sourceFiles)) {
      for (const name of packagesOf(file)) {
        const present = name.startsWith('@atrium/')
          ? folders.includes(`libs/${name.slice('@atrium/'.length)}/src`)
          : name in manifest.dependencies;
        if (!present) absent.add(`${name} (${file.slice(root.length + 1)})`);
      }
    }
    expect([...absent]).toEqual([]);
  });

  it('runs as a user without rights, and says how to ask for its health', () => {
    const text = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK .* CMD \["node", "healthcheck\.mjs"\]$/m);
    expect(stage('runtime')?.environment['HEALTH_PORT']).toMatch(/^\d+$/);
  });
});
