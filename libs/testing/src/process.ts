import { spawn, type ChildProcess } from 'node:child_process';
import { onCleanup } from './cleanup.ts';

/** A process of its own, for what only a process can show: to be killed, frozen, or blocked. */
export type TestProcess = {
  readonly pid: number;
  /** What it wrote so far, to both its outputs. */
  output(): string;
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  signal(name: NodeJS.Signals): void;
};

const LOADER = new URL('./typescript-loader.ts', import.meta.url).href;

/** Runs a TypeScript file from source. It is ended with the suite. */
export function aProcess(file: string, environment: Record<string, string> = {}, args: string[] = []): TestProcess {
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const flags = ['--conditions=atrium-source', '--disable-warning=ExperimentalWarning', `--import=${LOADER}`];
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (written += part.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  onCleanup(() => end(child, ended));
  return { pid: child.pid!, output: () => written, ended, signal: (name) => void child.kill(name) };
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  // Frozen or not.
  child.kill('SIGKILL');
  await ended;
}
