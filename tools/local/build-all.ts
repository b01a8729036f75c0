import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failedTasks, outputOfTasks } from './nx-output.ts';
import { root } from './paths.ts';
import { Refusal } from './refusal.ts';

const run = promisify(execFile);

/** The environment in which nx runs as a plain command: no daemon, no screen of its own, our Node first on PATH. */
export function nxEnv(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = [join(root, 'node_modules/.bin'), environment['PATH']].join(':');
  return { ...environment, PATH: path, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
}

export const nx = join(root, 'node_modules/.bin/nx');

/** What the tasks that failed had to say, without the many that did not. */
function failureIn(output: string): string {
  const outputs = outputOfTasks(output);
  return failedTasks(output)
    .map((task) => `${task}\n${outputs.get(task) ?? ''}`)
    .join('\n');
}

/** Builds every project that changed since it was last built. */
export async function buildAll(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run(nx, ['run-many', '-t', 'build', '--output-style=static'], {
      cwd: root,
      env: nxEnv(environment),
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Refusal(`The build failed.\n${failureIn(stdout) || stdout + stderr}`);
  }
}
