import { locales } from '../language/formats.ts';
import { clockTime, dayKey } from './format.ts';

/** What the clock shows where somebody is, with the day where it is another. */
export function localTimeOf(timeZone: string, now: Date): string {
  const time = now.toLocaleTimeString(locales(), { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayThere = now.toLocaleDateString(locales(), { timeZone, weekday: 'long' });
  return dayThere === now.toLocaleDateString(locales(), { weekday: 'long' }) ? time : `${dayThere} ${time}`;
}

/** The time alone today, and with its day later. */
export function untilText(until: string, now: Date): string {
  if (dayKey(until) === dayKey(now.toISOString())) return clockTime(until);
  return `${new Date(until).toLocaleDateString(locales(), { dateStyle: 'medium' })} ${clockTime(until)}`;
}
