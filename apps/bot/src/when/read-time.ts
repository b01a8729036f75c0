import type { TimeRead } from '@atrium/contracts';
import type * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import { CLOCK_TIME, LANGUAGES, readRepeatHead, repeatedDayHead } from './languages.ts';
import type { Repeat } from './repeat.ts';

/** Where somebody stands in time. */
export type Clock = { now: Date; timeZone: string };

/** The hour meant by a day without one. */
const MORNING = 9;

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

type ReadOnce = TimeRead & { namesDay: boolean };

function readOnce(text: string, clock: Clock, coming: boolean): ReadOnce | null {
  for (const language of LANGUAGES) {
    const read = readIn(language, text, clock, coming);
    if (read) return read;
    const lead = language.lead.exec(text)?.[0].length ?? 0;
    const led = lead > 0 ? readIn(language, text.slice(lead), clock, coming) : null;
    if (led) return { ...led, length: led.length + lead };
  }
  return null;
}

function readIn(
  { parser, at, bareHour }: (typeof LANGUAGES)[number],
  text: string,
  { now, timeZone }: Clock,
  coming: boolean,
): ReadOnce | null {
  const bare = bareHour.exec(text);
  const asked = bare ? `${bare[1]} ${at}${text.slice((bare[1] ?? '').length + 1)}` : text;
  const offsetMinutes = DateTime.fromJSDate(now, { zone: timeZone }).offset;
  const [found] = parser.parse(asked, { instant: now, timezone: offsetMinutes }, { forwardDate: coming });
  const [end] = /^[,:]?(?=\s|$)/.exec(asked.slice(found?.text.length)) ?? [];
  if (!found || found.index !== 0 || end === undefined) return null;
  const length = found.text.length + end.length - (bare && found.text.includes(at) ? at.length : 0);
  const namesDay = found.start.isCertain('day') || found.start.isCertain('weekday');
  return { at: toInstant(found.start, timeZone, coming ? MORNING : 0), length, namesDay };
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

function readRepeating(text: string, clock: Clock): TimeRead | null {
  const head = readRepeatHead(text);
  if (!head) {
    const length = repeatedDayHead(text);
    return length > 0 ? readFirst(text, { head: length, day: false, repeat: { unit: 'week', every: 1 } }, clock) : null;
  }
  const { unit, every, length } = head;
  if (every < 1) return null;
  if (unit === 'minute' || unit === 'hour') {
    const at = DateTime.fromJSDate(clock.now).plus({ [unit]: every });
    return { at: at.toJSDate(), length, repeats: { unit, every } satisfies Repeat };
  }
  const repeat: Repeat = unit === 'weekday' ? { unit: 'day', every: 1, weekdays: [1, 2, 3, 4, 5] } : { unit, every };
  return readFirst(text, { head: length, day: true, repeat }, clock);
}

/** The first of the times: of the day that stands after "every", or the next time of the day that does. */
function readFirst(text: string, { head, day, repeat }: { head: number; day: boolean; repeat: Repeat }, clock: Clock): TimeRead | null {
  const rest = text.slice(head);
  const told = rest.trimStart();
  const clockTime = CLOCK_TIME.exec(told);
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
