import { DateTime } from 'luxon';

/** Where somebody stands in time. */
export type Clock = { now: Date; timeZone: string };

/** A time as its reader's clock shows it. */
export function timeText(at: Date, { now, timeZone }: Clock): string {
  const then = DateTime.fromJSDate(at, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const clockTime = then.toFormat(then.second === 0 ? 'HH:mm' : 'HH:mm:ss');
  if (then.hasSame(today, 'day')) return `today at ${clockTime} (${timeZone})`;
  if (then.hasSame(today.plus({ days: 1 }), 'day')) return `tomorrow at ${clockTime} (${timeZone})`;
  return `${then.setLocale('en').toFormat(then.hasSame(today, 'year') ? 'ccc d LLL' : 'ccc d LLL yyyy')} at ${clockTime} (${timeZone})`;
}
