import { serviceOf, type Container } from './container.ts';
import type { Composed } from './composed.ts';
import type { Engine } from './engine.ts';

const SHORTEST_SECRET = 12;

function settingsMissing({ Config, HostConfig }: Container): string[] {
  const wanted: [string, boolean][] = [
    ['a user that is not root', Config.User !== '' && !/^(root|0)(:|$)/.test(Config.User)],
    ['a read-only file system', HostConfig.ReadonlyRootfs],
    ['no capabilities', (HostConfig.CapDrop ?? []).includes('ALL') && (HostConfig.CapAdd ?? []).length === 0],
    [
      'no new privileges',
      (HostConfig.SecurityOpt ?? []).some((option) => /^no-new-privileges(:true)?$/.test(option)) && !HostConfig.Privileged,
    ],
    ['a limit of memory', HostConfig.Memory > 0],
    ['a limit of processes', (HostConfig.PidsLimit ?? 0) > 0],
  ];
  return wanted.filter(([, given]) => !given).map(([what]) => what);
}

/** What containers lack of the rights that they are to do without, and of the limits that they are to have. */
export function findRights(containers: readonly Container[]): string[] {
  return containers.flatMap((container) => settingsMissing(container).map((what) => `${serviceOf(container)} has not ${what}`));
}

/** Who runs as root all the same, as the kernel sees it. */
export async function findRoots(composed: Composed, containers: readonly Container[]): Promise<string[]> {
  const users = await Promise.all(containers.map((container) => composed.exec(container, 'sh', '-c', 'id -u')));
  return containers.filter((_, index) => users[index] === '0').map((container) => `${serviceOf(container)} runs as root`);
}

/** Where a secret stands that any user of the machine, or whoever has the image, could read. */
export async function findSecrets(engine: Engine, composed: Composed, containers: readonly Container[]): Promise<string[]> {
  const secrets = Object.entries(composed.secrets).filter(
    ([name, value]) => /PASSWORD|SECRET|KEY/.test(name) && value.length >= SHORTEST_SECRET,
  );
  const texts = await Promise.all(
    containers.map(async ({ Id, Config }) => {
      const image = await engine.docker(['image', 'inspect', Config.Image]);
      const history = await engine.docker(['history', '--no-trunc', '--format', '{{.CreatedBy}}', Config.Image]);
      const running = await engine.docker(['top', Id, '-eo', 'pid,args']);
      return [JSON.stringify([Config.Cmd, Config.Entrypoint, Config.Labels]), image, history, running].join('\n');
    }),
  );
  return containers.flatMap((container, index) =>
    secrets.filter(([, value]) => texts[index]!.includes(value)).map(([name]) => `${name} can be read from ${serviceOf(container)}`),
  );
}
