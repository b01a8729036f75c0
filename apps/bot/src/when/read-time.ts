import type { TimeRead } from '@atrium/contracts';
import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import type { Repeat } from './repeat.ts';

/** Where somebody stands in time. */
export type Clock = { now: Date; timeZone: string };

/** The hour meant by a day without one. */
const MORNING = 9;
const DAY = String.raw`today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun`;
/** "tomorrow 9": a bare hour right after a day is one, though it might be a number of something elsewhere. */
const BARE_HOUR = new RegExp(String.raw`^((?:(?:on|next|this)\s+)?(?:${DAY}))\s+([01]?\d|2[0-3])(?=\s|$)(?!\s*(?:am|pm)\b)`, 'i');
const AT = 'at ';

/** A time to come that a text begins with: "tomorrow 9", "in 20 min", "every Monday 9:00"; null when there is none. */
export function readComingTime(text: string, clock: Clock): TimeRead | null {
  const repeating = readRepeating(text, clock);
  if (repeating) return repeating;
  const read = readOnce(text, clock, true);
  return read && read.at > clock.now ? { at: read.at, length: read.length } : null;
}

/** A time gone by that a text begins with: "2h", "yesterday", "monday", "14:30". */
export function readPastTime(text: string, clock: Clock): TimeRead | null {
  const ago = /^(\d{1,4}) ?(mins?|minutes?|m|hrs?|hours?|h|days?|d|weeks?|w)( ago)?(?=\s|$)/i.exec(text);
  if (ago) {
    const unit = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks' }[(ago[2] ?? 'm').charAt(0).toLowerCase()] ?? 'minutes';
    return {
      at: DateTime.fromJSDate(clock.now)
        .minus({ [unit]: Number(ago[1]) })
        .toJSDate(),
      length: ago[0].length,
    };
  }
  const read = readOnce(text, clock, false);
  if (!read) return null;
  // A time of the day that is still to come today was meant as yesterday's.
  const at =
    read.at > clock.now && !read.namesDay ? DateTime.fromJSDate(read.at, { zone: clock.timeZone }).minus({ days: 1 }).toJSDate() : read.at;
  return at <= clock.now ? { at, length: read.length } : null;
}

function readOnce(text: string, { now, timeZone }: Clock, coming: boolean): (TimeRead & { namesDay: boolean }) | null {
  const bare = BARE_HOUR.exec(text);
  const asked = bare ? `${bare[1]} ${AT}${text.slice((bare[1] ?? '').length + 1)}` : text;
  const offsetMinutes = DateTime.fromJSDate(now, { zone: timeZone }).offset;
  const [found] = chrono.parse(asked, { instant: now, timezone: offsetMinutes }, { forwardDate: coming });
  if (!found || found.index !== 0) return null;
  const length = found.text.length - (bare && found.text.includes(AT) ? AT.length : 0);
  const day = coming ? MORNING : 0;
  const namesDay = found.start.isCertain('day') || found.start.isCertain('weekday');
  return { at: toInstant(found.start, timeZone, day), length, namesDay };
}

/**
 * The instant that the parts name on the wall clock of the zone: the zone may have another offset by then. What
 * counts from now, or names its own offset, is an instant already.
 */
function toInstant(parts: chrono.ParsedComponents, timeZone: string, hourOfDay: number): Date {
  if (parts.isCertain('timezoneOffset') && parts.isCertain('hour')) return parts.date();
  const wall = { year: parts.get('year')!, month: parts.get('month')!, day: parts.get('day')! };
  const told = parts.isCertain('hour') || isPartOfDay(parts);
  const hour = told ? (parts.get('hour') ?? hourOfDay) : hourOfDay;
  const time = { hour, minute: told ? (parts.get('minute') ?? 0) : 0, second: told ? (parts.get('second') ?? 0) : 0 };
  return DateTime.fromObject({ ...wall, ...time }, { zone: timeZone }).toJSDate();
}

/** "tonight" and "this evening" mean an hour without saying it. */
const isPartOfDay = (parts: chrono.ParsedComponents): boolean =>
  [...parts.tags()].some((tag) => /tonight|evening|morning|afternoon|noon|midnight/i.test(tag));

const UNIT: Readonly<Record<string, Repeat['unit']>> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

function readRepeating(text: string, clock: Clock): TimeRead | null {
  const counted = /^every\s+(?:(\d{1,3})\s*)?(mins?|minutes?|hours?|hrs?|h|m)(?=\s|$)/i.exec(text);
  if (counted) {
    const every = Number(counted[1] ?? 1);
    const unit = UNIT[(counted[2] ?? 'm').charAt(0).toLowerCase()] ?? 'hour';
    if (every < 1) return null;
    const at = DateTime.fromJSDate(clock.now)
      .plus({ [unit]: every })
      .toJSDate();
    return { at, length: counted[0].length, repeats: { unit, every } satisfies Repeat };
  }
  const daily = /^(?:every\s+(?:(\d{1,3})\s+)?(day|weekday|week|month)s?|(daily))(?=\s|$)/i.exec(text);
  const repeat = daily ? repeatOf(daily) : { unit: 'week' as const, every: 1 };
  if (!daily && !new RegExp(`^every\\s+(?:${DAY})(?=\\s|$)`, 'i').test(text)) return null;
  const head = daily ? daily[0].length : text.length - text.replace(/^every\s+/i, '').length;
  return readFirst(text, { head, day: daily !== null, repeat }, clock);
}

const repeatOf = ([, every, unit]: RegExpExecArray): Repeat =>
  unit?.toLowerCase() === 'weekday'
    ? { unit: 'day', every: 1, weekdays: [1, 2, 3, 4, 5] }
    : { unit: (unit?.toLowerCase() ?? 'day') as 'day' | 'week' | 'month', every: Math.max(1, Number(every ?? 1)) };

/** The first of the times: of the day that stands after "every", or the next time of the day that does. */
function readFirst(text: string, { head, day, repeat }: { head: number; day: boolean; repeat: Repeat }, clock: Clock): TimeRead | null {
  const rest = text.slice(head);
  const told = rest.trimStart();
  const clockTime = /^(?:at\s+)?(?:([01]?\d|2[0-3])(?::([0-5]\d))?\s*(am|pm)?)(?=\s|$)/i.exec(told);
  if (!day) {
    const read = readOnce(told, clock, true);
    if (!read) return null;
    return { at: laterWeek(read.at, clock), length: head + (rest.length - told.length) + read.length, repeats: repeat };
  }
  const [hour, minute] = clockTime ? hourOf(clockTime) : [MORNING, 0];
  let first = DateTime.fromJSDate(clock.now, { zone: clock.timeZone }).set({ hour, minute, second: 0, millisecond: 0 });
  const fits = () => first.toJSDate() > clock.now && (repeat.weekdays?.includes(first.weekday) ?? true);
  while (!fits()) first = first.plus({ days: 1 });
  const length = clockTime ? head + (rest.length - told.length) + clockTime[0].length : head;
  return { at: first.toJSDate(), length, repeats: repeat };
}

function hourOf([, hour, minute, half]: RegExpExecArray): [number, number] {
  const told = Number(hour);
  const shift = half?.toLowerCase() === 'pm' && told < 12 ? 12 : half?.toLowerCase() === 'am' && told === 12 ? -12 : 0;
  return [told + shift, Number(minute ?? 0)];
}

const laterWeek = (at: Date, { now, timeZone }: Clock): Date =>
  at > now ? at : DateTime.fromJSDate(at, { zone: timeZone }).plus({ weeks: 1 }).toJSDate();

/** A time as its reader's clock shows it. */
export function timeText(at: Date, { now, timeZone }: Clock): string {
  const then = DateTime.fromJSDate(at, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const clockTime = then.toFormat(then.second === 0 ? 'HH:mm' : 'HH:mm:ss');
  if (then.hasSame(today, 'day')) return `today at ${clockTime} (${timeZone})`;
  if (then.hasSame(today.plus({ days: 1 }), 'day')) return `tomorrow at ${clockTime} (${timeZone})`;
  return `${then.setLocale('en').toFormat(then.hasSame(today, 'year') ? 'ccc d LLL' : 'ccc d LLL yyyy')} at ${clockTime} (${timeZone})`;
}
