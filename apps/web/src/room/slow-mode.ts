import { plural, t } from '@lingui/core/macro';

/** Steps a host can choose from. */
export const SLOW_MODE_STEPS = [0, 5, 10, 30, 60, 300, 900, 3600, 21_600] as const;

export function slowModeText(seconds: number): string {
  if (seconds === 0) return t`Off`;
  if (seconds < 60) return plural(seconds, { one: 'One message in # second', other: 'One message in # seconds' });
  if (seconds < 3600) return plural(Math.round(seconds / 60), { one: 'One message in # minute', other: 'One message in # minutes' });
  return plural(Math.round(seconds / 3600), { one: 'One message in # hour', other: 'One message in # hours' });
}
