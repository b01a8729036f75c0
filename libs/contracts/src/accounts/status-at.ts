import type { PersonStatus } from './person-status.schema.ts';

/** The status without one that is over by now. */
export function statusAt<T extends PersonStatus>(status: T, now: number): T {
  if (status.statusUntil === undefined || Date.parse(status.statusUntil) > now) return status;
  return { ...status, statusText: '', statusEmoji: undefined, statusUntil: undefined };
}
