import { t } from '@lingui/core/macro';
import { dateFormat, locales } from '../language/formats.ts';

const clock = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exact = dateFormat({ dateStyle: 'full', timeStyle: 'medium' });
const dayOfWeek = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = dateFormat({ day: 'numeric', month: 'short' });

export const exactTime = (at: string): string => exact(new Date(at));
export const clockTime = (at: string): string => clock(new Date(at));
/** A day and the time of it, for what is far off. */
export const longMoment = dateFormat({ dateStyle: 'medium', timeStyle: 'short' });

/** The calendar day, as a key that sorts. */
export function dayKey(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** By the calendar: the day on which the clock is put back has 25 hours. */
function dayBefore(now: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() - 1);
  return dayKey(date.toISOString());
}

export function dayLabel(at: string, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(new Date(now).toISOString())) return t`Today`;
  if (key === dayBefore(now)) return t`Yesterday`;
  const date = new Date(at);
  return (date.getFullYear() === new Date(now).getFullYear() ? dayOfWeek : dayOfYear)(date);
}

/** For lists, where nothing else tells the day. */
export function timeInList(at: string, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(new Date(now).toISOString())) return clockTime(at);
  if (key === dayBefore(now)) return t`yesterday`;
  return shortDay(new Date(at));
}

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
