import { copyFileSync, readFileSync, statSync, truncateSync } from 'node:fs';

const LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Lets a log that has grown too long begin anew; the one before it is kept. Copied and emptied rather than moved:
 * the process that writes it keeps it open, and appends.
 */
export function rotate(log: string, limitBytes = LIMIT_BYTES): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
}

/** The last lines of a log, for the one case in which a person must read it. */
export function tail(log: string, lines = 12): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(the log is empty)';
  }
}
