import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
export type Watched = { name: string; pid: number };

/** CPU seconds used so far by each process, what its children used included (PostgreSQL is a family of them). Linux only. */
export function cpuSeconds(processes: readonly Watched[]): Map<string, number> {
  const children = childrenByParent();
  return new Map(
    processes.map(({ name, pid }) => [
      name,
      [pid, ...(children.get(pid) ?? [])].reduce((sum, each) => sum + secondsOf(each, each === pid), 0),
    ]),
  );
}

function childrenByParent(): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? Number(fieldsOf(pid)?.[1]) : Number.NaN;
    if (Number.isInteger(parent)) found.set(parent, [...(found.get(parent) ?? []), pid]);
  }
  return found;
}

/** @param withEnded add what children that have ended used */
function secondsOf(pid: number, withEnded: boolean): number {
  const fields = fieldsOf(pid);
  if (!fields) return 0;
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number) as [number, number, number, number];
  return (user + system + (withEnded ? endedUser + endedSystem : 0)) / TICKS_PER_SECOND;
}

/** The fields of /proc/PID/stat after the name, which may hold anything. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended between listing and reading.
    return undefined;
  }
}
