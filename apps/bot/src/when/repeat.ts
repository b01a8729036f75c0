import { DateTime, Info } from 'luxon';
import { z } from 'zod';
import { i18n, language } from '../words/words.ts';

/** How a reminder comes again: at the same time of the day in its owner's zone, whatever the clocks there do. */
export const Repeat = z.object({
  unit: z.enum(['minute', 'hour', 'day', 'week', 'month', 'year']),
  every: z.int().min(1).max(1000),
  /** Monday is 1; only these days, of a repeat by days. */
  weekdays: z.array(z.int().min(1).max(7)).optional(),
});
export type Repeat = z.output<typeof Repeat>;

/** The first time after `now`, counted on from `from` so that what was missed while away comes once, not many times. */
export function nextAfter(from: Date, now: Date, { repeat, timeZone }: { repeat: Repeat; timeZone: string }): Date {
  const start = DateTime.fromJSDate(from, { zone: timeZone });
  const { unit, every, weekdays } = repeat;
  const passed = Math.max(0, Math.floor(DateTime.fromJSDate(now).diff(start, unit).as(unit) / every));
  // Counted from the start each time: the 31st stays the 31st after a month that has none.
  for (let turn = passed; ; turn++) {
    const next = start.plus({ [unit]: turn * every });
    if (next.toJSDate() > now && next > start && (weekdays === undefined || weekdays.includes(next.weekday))) return next.toJSDate();
  }
}

/** The repeat in words: "every Monday at 09:00". */
export function repeatText({ unit, every: count, weekdays }: Repeat, firstAt: Date, timeZone: string): string {
  const first = DateTime.fromJSDate(firstAt, { zone: timeZone });
  const time = first.toFormat('HH:mm');
  if (unit === 'minute') return i18n.t('{count, plural, =1 {every minute} other {every # minutes}}', { count });
  if (unit === 'hour') return i18n.t('{count, plural, =1 {every hour} other {every # hours}}', { count });
  if (weekdays?.join() === '1,2,3,4,5') return i18n.t('every weekday at {time}', { time });
  if (weekdays) return i18n.t('every {days} at {time}', { days: listText(weekdays.map(weekdayName)), time });
  switch (unit) {
    case 'day':
      return i18n.t('{count, plural, =1 {every day} other {every # days}} at {time}', { count, time });
    case 'week':
      return i18n.t('{count, plural, =1 {every {day}} other {every # weeks on {day}}} at {time}', {
        count,
        day: weekdayName(first.weekday),
        time,
      });
    case 'month':
      return i18n.t(
        '{count, plural, =1 {every month} other {every # months}} on the {day, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} at {time}',
        { count, day: first.day, time },
      );
    case 'year':
      return i18n.t('{count, plural, =1 {every year} other {every # years}} on {date} at {time}', {
        count,
        date: first.setLocale(locale()).toLocaleString({ day: 'numeric', month: 'long' }),
        time,
      });
  }
}

/** English as it is written where the day comes before the month. */
const locale = (): string => (language() === 'en' ? 'en-GB' : language());

const weekdayName = (weekday: number): string => Info.weekdays('long', { locale: locale() })[weekday - 1] ?? '';

const listText = (names: readonly string[]): string => new Intl.ListFormat(locale()).format(names);
