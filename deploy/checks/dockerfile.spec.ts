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
    /^(?:import|export)\s(?!type\b)[^;']*?from\s+'([^'.][^']*)'|^import\s+'([^'.][^']*)'|import\('([^'.][^']*)'\)/gm,
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

  it('copies from the build what is laid out there: what all share, and of each its packages before its code', () => {
    const copied = (name: string) =>
      stage(name)
        ?.copies.filter(({ from }) => from === 'build')
        .flatMap(({ sources }) => sources);
    expect(copied('runtime')).toEqual(['/out/shared']);
    for (const { name } of targets) expect(copied(name)).toEqual([`/out/${name}/dependencies`, `/out/${name}/code`]);
  });

  it('builds with the files that a build reads, whatever else changes in the tools', () => {
    const given = stage('build')?.copies.flatMap(({ sources }) => sources.filter((path) => path.startsWith('tools/'))) ?? [];
    const read = given.flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/from '\.\/([\w-]+\.ts)'/g)]);
    expect(given).toContain('tools/local/build.ts');
    expect(read.map((match) => `tools/local/${match[1]}`).filter((path) => !given.includes(path))).toEqual([]);
  });

  it('gives npm the manifest of every workspace, without which it refuses to install', () => {
    const given = stage('build')?.copies.flatMap(({ sources }) => sources) ?? [];
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

  it('serves the page from where the image has it', () => {
    expect(stage('gateway')?.environment['GATEWAY_WEB_DIR']).toBe('/atrium/apps/web/dist');
  });

  it('has among the packages for production every one that the apps and their libs load', () => {
    const shipped = readdirSync(join(root, 'libs')).filter((lib) => !['client', 'testing'].includes(lib));
    const folders = [...targets.map(({ name }) => `apps/${name}/src`), ...shipped.map((lib) => `libs/${lib}/src`)];
    const absent = folders.flatMap(sourceFiles).flatMap((file) =>
      packagesOf(file)
        .filter(
          (name) => !(name in manifest.dependencies) && !(name.startsWith('@atrium/') && shipped.includes(name.slice('@atrium/'.length))),
        )
        .map((name) => `${name} (${file.slice(root.length + 1)})`),
    );
    expect([...new Set(absent)]).toEqual([]);
  });

  it('runs as a user without rights, and says how to ask for its health', () => {
    const text = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
    expect(text).toMatch(/^USER 1000$/m);
    expect(text).toMatch(/^HEALTHCHECK .* CMD \["node", "healthcheck\.mjs"\]$/m);
    expect(stage('runtime')?.environment['HEALTH_PORT']).toMatch(/^\d+$/);
    for (const label of ['version', 'revision', 'source', 'licenses']) expect(text).toContain(`org.opencontainers.image.${label}=`);
  });
});
