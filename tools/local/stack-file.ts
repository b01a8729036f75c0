import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endAll, isAlive, type ProcessMark } from './processes.ts';

export type ProcessKind = 'server' | 'service';

/** One process of a running stack, as `stack.json` lists it. */
export interface StackProcess extends ProcessMark {
  name: string;
  kind: ProcessKind;
  status: 'starting' | 'ready' | 'restarting' | 'stopped';
  restarts: number;
  ports: number[];
  healthPort?: number;
  url?: string;
  log: string;
  stopSignal: NodeJS.Signals;
}

/** What `stack.json` says: tests and tools find the running stack's processes, addresses and logs here. */
export interface StackFile {
  status: 'starting' | 'ready' | 'stopping';
  /** The gateway's address. */
  url: string;
  supervisor: ProcessMark;
  processes: StackProcess[];
  /** Where the servers are, with passwords: DATABASE_URL (superuser), NATS_URL, REDIS_URL, S3_*. */
  env: Record<string, string>;
}

export function readStackFile(path: string): StackFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StackFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file in one step, so that no reader ever sees half of it. */
export function writeStackFile(path: string, content: StackFile): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

export function removeStackFile(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Ends what a supervisor that is gone left running: services first, so that they can finish what
 * they are at, then the servers. Returns the names of what was still alive.
 */
export async function endLeftovers(path: string): Promise<string[]> {
  const stack = readStackFile(path);
  if (!stack || isAlive(stack.supervisor)) return [];
  const left = stack.processes.filter(isAlive);
  await endAll(
    left.filter((entry) => entry.kind === 'service'),
    3_000,
  );
  await endAll(
    left.filter((entry) => entry.kind === 'server'),
    4_000,
  );
  removeStackFile(path);
  return left.map((entry) => entry.name);
}
