const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYearFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export const exactTime = (at: string): string => exactFormat.format(new Date(at));
export const clockTime = (at: string): string => clockFormat.format(new Date(at));

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
  if (key === dayKey(new Date(now).toISOString())) return 'Today';
  if (key === dayBefore(now)) return 'Yesterday';
  const date = new Date(at);
  return (date.getFullYear() === new Date(now).getFullYear() ? dayFormat : dayOfYearFormat).format(date);
}

/** For lists, where nothing else tells the day. */
export function timeInList(at: string, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(new Date(now).toISOString())) return clockTime(at);
  if (key === dayBefore(now)) return 'yesterday';
  return shortDayFormat.format(new Date(at));
}
