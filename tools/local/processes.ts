import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process as a file can remember it: a pid alone may by now be somebody else's. */
export interface ProcessMark {
  pid: number;
  /** When the process began, in whatever form the system tells it. */
  born: string;
}

function bornOnLinux(pid: number): string | undefined {
  // `pid (name) state ppid …`, where the name may hold spaces and brackets; field 22 is the start time.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function bornElsewhere(pid: number): string | undefined {
  return (
    execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
  );
}

/** When the process began; undefined when there is none (or only its remains). */
export function bornAt(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? bornOnLinux(pid) : bornElsewhere(pid);
  } catch {
    return undefined;
  }
}

export function markOf(pid: number): ProcessMark | undefined {
  const born = bornAt(pid);
  return born === undefined ? undefined : { pid, born };
}

/** Whether that very process still runs. */
export function isAlive(mark: ProcessMark): boolean {
  return bornAt(mark.pid) === mark.born;
}

/** Sends a signal to that very process; a process that is already gone is fine. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (!isAlive(mark)) return;
  try {
    process.kill(mark.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks each to stop, and ends what has not stopped after `graceMs`. */
export async function endAll(marks: (ProcessMark & { stopSignal: NodeJS.Signals })[], graceMs: number): Promise<void> {
  for (const mark of marks) signal(mark, mark.stopSignal);
  const deadline = Date.now() + graceMs;
  while (marks.some(isAlive) && Date.now() < deadline) await sleep(50);
  for (const mark of marks) signal(mark, 'SIGKILL');
  while (marks.some(isAlive)) await sleep(20);
}
