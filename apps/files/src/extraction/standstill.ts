import { readFile } from 'node:fs/promises';

/** Of the kernel, for what it tells of processes. */
const TICKS_PER_SECOND = 100;

/**
 * Tells when a process has worked for too long without a word. By the work it did and not by the clock: other programs
 * may keep it from working.
 */
export class Standstill {
  private readonly seconds: number;
  private workedBefore = 0;
  private hasSpoken = false;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  heard(): void {
    this.hasSpoken = true;
  }

  /** Whether the process is at a standstill; never where there is no /proc to tell, or no process any more. */
  async hasCome(pid: number | undefined): Promise<boolean> {
    const worked = await processorSeconds(pid);
    if (worked === null) return false;
    if (this.hasSpoken) this.workedBefore = worked;
    this.hasSpoken = false;
    return worked - this.workedBefore > this.seconds;
  }
}

async function processorSeconds(pid: number | undefined): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name of the program, in brackets, may have blanks.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return user === undefined ? null : (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
