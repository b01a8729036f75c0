import { DateTime } from 'luxon';
import { z } from 'zod';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

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
export function repeatText(repeat: Repeat, firstAt: Date, timeZone: string): string {
  const first = DateTime.fromJSDate(firstAt, { zone: timeZone });
  const { unit, every, weekdays } = repeat;
  if (unit === 'minute' || unit === 'hour') return `every ${every === 1 ? unit : `${every} ${unit}s`}`;
  const at = ` at ${first.toFormat('HH:mm')}`;
  if (weekdays) return `every ${daysText(weekdays)}${at}`;
  if (unit === 'week') return `every ${every === 1 ? '' : `${every} weeks on `}${WEEKDAYS[first.weekday - 1]}${at}`;
  const day = unit === 'month' ? ` on the ${ordinal(first.day)}` : unit === 'year' ? ` on ${first.setLocale('en').toFormat('d LLLL')}` : '';
  return `every ${every === 1 ? unit : `${every} ${unit}s`}${day}${at}`;
}

function ordinal(day: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th' } as Record<string, string>;
  return `${day}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(day)]}`;
}

function daysText(weekdays: readonly number[]): string {
  if (weekdays.join() === '1,2,3,4,5') return 'weekday';
  const names = weekdays.map((weekday) => WEEKDAYS[weekday - 1]);
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
