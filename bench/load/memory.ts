import { readFileSync } from 'node:fs';
import type { Watched } from './cpu.ts';

/** Bytes a process holds: all it has in memory, and its part of it where what is shared counts for each that shares it. */
export type Memory = { resident: number; proportional: number };

/** What each process and its children hold now. Linux only. */
export function memoryOf(processes: readonly Watched[]): Map<string, Memory> {
  return new Map(processes.map(({ name, pid }) => [name, sumOf([pid, ...childrenOf(pid)].map(memoryOfProcess))]));
}

const sumOf = (parts: readonly Memory[]): Memory => ({
  resident: parts.reduce((sum, { resident }) => sum + resident, 0),
  proportional: parts.reduce((sum, { proportional }) => sum + proportional, 0),
});

function memoryOfProcess(pid: number): Memory {
  const text = textOf(`/proc/${pid}/smaps_rollup`);
  const bytesOf = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
  return { resident: bytesOf('Rss'), proportional: bytesOf('Pss') };
}

const childrenOf = (pid: number): number[] => textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

/** Empty where the process has ended meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
