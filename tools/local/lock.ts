import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Refusal } from './refusal.ts';
import { isAlive, markOf, type ProcessMark } from './processes.ts';

function holder(path: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessMark;
  } catch {
    // Gone meanwhile, or cut off while it was written: in both cases nobody holds it.
    return undefined;
  }
}

/** The process that holds the lock, if it lives. */
export function lockHolder(path: string): ProcessMark | undefined {
  const mark = holder(path);
  return mark && isAlive(mark) ? mark : undefined;
}

/** Takes the lock or refuses with a sentence that names who holds it. Returns the way to give it back. */
export function takeLock(path: string): () => void {
  const mine = markOf(process.pid);
  for (let tries = 0; mine && tries < 3; tries += 1) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const other = lockHolder(path);
      if (other)
        throw new Refusal(`Atrium already runs on this data (process ${other.pid}): stop it, or set ATRIUM_DATA to another folder.`);
      rmSync(path, { force: true });
    }
  }
  throw new Refusal(`Cannot take the lock ${path}: another start is happening at this moment.`);
}
