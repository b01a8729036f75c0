import { AppError } from '@atrium/contracts';

const MAX_TRIES = 8;
/** After the n-th failed try. A bare nak would be a hot loop. */
const DELAYS_MS = [100, 500, 2000, 5000, 10_000, 30_000, 60_000] as const;
export const LONGEST_DELAY_MS = 60_000;

/**
 * How long to wait after the n-th failed try of an event; undefined once there have been enough. What fails because
 * something it needs is away says nothing against the event: it waits for that, however long it lasts.
 */
export function delayAfter(attempt: number, error: unknown): number | undefined {
  if (attempt >= MAX_TRIES && !isAway(error)) return undefined;
  return DELAYS_MS[attempt - 1] ?? LONGEST_DELAY_MS;
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'deadline_exceeded');
}
