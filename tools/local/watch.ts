import { watch } from 'chokidar';
import { relative } from 'node:path';
import { buildProject } from './build.ts';
import { root } from './paths.ts';
import { servicesOf } from './services.ts';
import type { Report, Stack } from './stack.ts';

const QUIET_MS = 150;

/** The project that a file belongs to, as its folder: `apps/rooms`. */
export function projectOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

/** The processes that run code of these projects: an app's own; of a lib, all. */
export function affectedServices(projects: string[], instances: number): string[] {
  const everyone = projects.some((project) => project.startsWith('libs/'));
  return servicesOf(instances)
    .filter((service) => everyone || projects.includes(`apps/${service.app}`))
    .map((service) => service.name);
}

async function renew(stack: Stack, projects: string[], report: Report): Promise<void> {
  const names = affectedServices(projects, stack.settings.instances);
  report(`${projects.join(', ')} changed: building, then restarting ${names.join(', ')}`);
  await Promise.all(projects.map(buildProject));
  await stack.restart(names);
  report(`${names.join(', ')} up again`);
}

/** Watches the sources of services and libs; the page is Vite's own to watch. */
export function watchSources(stack: Stack, report: Report): void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const renewChanged = async () => {
    const projects = [...changed];
    changed.clear();
    if (projects.length === 0 || stack.stopping) return;
    // A mistake in the code is the developer's to read and mend; the next change tries again.
    await renew(stack, projects, report).catch((error: unknown) => report((error as Error).message));
  };
  const ignored = (path: string) => /(^|\/)(dist|node_modules|coverage|\.nx)(\/|$)|\.(int-)?spec\.ts$/.test(path);
  watch(
    ['apps', 'libs'].map((folder) => `${root}/${folder}`),
    { ignored, ignoreInitial: true },
  ).on('all', (_event, path) => {
    const file = relative(root, path);
    if (file.startsWith('apps/web/') || !file.endsWith('.ts')) return;
    changed.add(projectOf(file));
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(renewChanged);
    }, QUIET_MS);
  });
}
