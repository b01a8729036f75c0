import type { Preferences, QuietHours } from '@atrium/contracts';

/** Whether somebody does not want anything to ring at a moment. */
export function isQuiet({ dndUntil, quietHours }: Pick<Preferences, 'dndUntil' | 'quietHours'>, now: Date): boolean {
  if (dndUntil !== undefined && new Date(dndUntil) > now) return true;
  return quietHours !== undefined && isWithin(quietHours, timeOfDay(now, quietHours.timeZone));
}

/** Hours that end when they begin are none. */
function isWithin({ from, to }: QuietHours, time: string): boolean {
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

function timeOfDay(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
}
