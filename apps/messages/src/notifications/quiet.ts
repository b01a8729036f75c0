import type { DirectoryUser, Preferences, QuietHours } from '@atrium/contracts';

export type Wishes = Pick<Preferences, 'dndUntil' | 'quietHours'> & { presence?: DirectoryUser['presence'] };

/** Whether somebody does not want anything to ring at a moment. */
export function isQuiet({ presence, dndUntil, quietHours }: Wishes, now: Date): boolean {
  if (presence === 'dnd') return true;
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
