import { spawnSync } from 'node:child_process';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type Sandbox = {
  seconds: number;
  memoryBytes: number;
  /** All that may be read: files, and directories with what is in them. */
  readable: string[];
  /** Whether native code may be loaded beside ours. */
  addons?: boolean;
};

/** V8 reserves addresses it never uses: 1.3 GB when idle, so the limit on addresses is only a second net. */
const ADDRESS_SPACE_BYTES = 4 * 1024 ** 3;

export const SANDBOX_ENV = { PATH: '/usr/bin:/bin' };

/**
 * The command that runs a script with as little as possible. Each program of it becomes the next, so that the process
 * id stays the one that is watched and killed.
 */
export function sandboxed(
  script: string[],
  { seconds, memoryBytes, readable, addons }: Sandbox,
  network = ownNetwork(),
): [string, ...string[]] {
  const limits = canLimit()
    ? ['prlimit', `--as=${ADDRESS_SPACE_BYTES}`, `--cpu=${seconds + 5}:${seconds + 10}`, '--core=0', '--nofile=256', '--']
    : [];
  return [
    ...limits,
    ...network,
    process.execPath,
    `--max-old-space-size=${Math.floor((memoryBytes / 1024 / 1024) * 0.75)}`,
    // Node's own fence: no writing, no child processes, no native add-ons, and nothing to read but what is named.
    '--permission',
    ...(addons ? ['--allow-addons'] : []),
    ...[...readable, NO_NETWORK].map((path) => `--allow-fs-read=${path}`),
    '--disable-warning=ExperimentalWarning',
    `--import=${pathToFileURL(NO_NETWORK).href}`,
    ...script,
  ] as [string, ...string[]];
}

const here = fileURLToPath(import.meta.url);
const NO_NETWORK = resolve(dirname(here), `no-network${extname(here)}`);

const works = ([command, ...args]: [string, ...string[]]) => spawnSync(command, args, { stdio: 'ignore', env: SANDBOX_ENV }).status === 0;

let limitsFound: boolean | undefined;
/** `prlimit` belongs to util-linux; elsewhere the watch and the deadline do the work. */
const canLimit = () => (limitsFound ??= works(['prlimit', '--version']));

let networkFound: string[] | undefined;
/**
 * What gives a process a network of its own, with nothing in it. It takes a privilege, or user namespaces, which many
 * containers forbid; empty where neither is had.
 */
export function ownNetwork(): string[] {
  const ways: [string, ...string[]][] = [
    ['unshare', '--net', '--'],
    ['unshare', '--user', '--map-current-user', '--net', '--'],
    ['unshare', '--user', '--map-root-user', '--net', '--'],
  ];
  return (networkFound ??= ways.find((way) => works([...way, 'true'])) ?? []);
}
