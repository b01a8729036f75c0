import { spawnSync } from 'node:child_process';
import type { ProcessSpec } from '../managed-process.ts';
import type { Runner } from './find-server.ts';

interface Placement {
  name: string;
  directory: string;
  port: number;
  /** The port it listens on inside a container. */
  inner: number;
}

/** The command that runs a server with these arguments, as a program or in a container of its own. */
export function runWith(runner: Runner, place: Placement, args: string[]): Pick<ProcessSpec, 'command' | 'args' | 'prepare'> {
  if (runner.kind === 'program') return { command: runner.path, args };
  const container = `atrium-${place.name}-${place.port}`;
  const run = [
    'run',
    '--rm',
    '--init',
    '--name',
    container,
    '-p',
    `127.0.0.1:${place.port}:${place.inner}`,
    '-v',
    `${place.directory}:/data`,
  ];
  return {
    command: 'docker',
    args: [...run, runner.image, ...args],
    // A container whose client was killed lives on, under this name.
    prepare: async () => void spawnSync('docker', ['rm', '-f', container], { stdio: 'ignore' }),
  };
}
