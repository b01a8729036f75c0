/** Steps a host can choose from. */
export const SLOW_MODE_STEPS = [0, 5, 10, 30, 60, 300, 900, 3600, 21_600] as const;

export function slowModeText(seconds: number): string {
  if (seconds === 0) return 'Off';
  if (seconds < 60) return `One message in ${seconds} seconds`;
  if (seconds < 3600) return `One message in ${plural(seconds / 60, 'minute')}`;
  return `One message in ${plural(seconds / 3600, 'hour')}`;
}

const plural = (count: number, unit: string): string => (count === 1 ? `1 ${unit}` : `${Math.round(count)} ${unit}s`);
