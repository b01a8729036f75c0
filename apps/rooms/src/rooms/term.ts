import { AppError } from '@atrium/contracts';

type Term = { until?: string | undefined; seconds?: number | undefined };

/** When something ends that lasts until a time or for so many seconds; null when neither is said. */
export function endOf({ until, seconds }: Term, now = new Date()): Date | null {
  if (until !== undefined && seconds !== undefined) throw invalid('seconds', 'must not stand beside until: say one of them');
  if (seconds !== undefined) return new Date(now.getTime() + seconds * 1000);
  if (until === undefined) return null;
  const end = new Date(until);
  if (end <= now) throw invalid('until', 'must lie in the future');
  return end;
}

export function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
}
