import type { TimeRead } from '@atrium/contracts';
import { DateTime } from 'luxon';
import type { Clock } from './clock.ts';
import { readRepeatHead, type RepeatHead } from './repeat-head.ts';
import type { Repeat } from './repeat.ts';

/** The hour meant by a day without one. */
const MORNING = 9;

/** An hour of the day, with or without minutes, as the languages write it. */
const CLOCK_TIME = /^(?:(?:at|um|à|a\s+las?)\s+)?(?:([01]?\d|2[0-3])(?:[:h]([0-5]\d))?\s*(am|pm|uhr|h)?)(?=[\s,:]|$)/iu;
const NAMED_TIME = /^(?:(?:at|um|à|a)\s+)?(?:(noon|mittag|midi|mediod[íi]a)|(midnight|mitternacht|minuit|medianoche))(?=[\s,:]|$)/iu;

/** An hour or a day that could not be read: what is left out of a time must not become what one is reminded of. */
const LEFT = /^(?:(?:at|um|à|a\s+las?)\s+\d|\d{1,2}[:h]\d|(?:on|am|le|el)\s+(?:the\s+)?\d)/iu;

/** A time that comes again, and when it does first: "every Monday 9:00"; null when a text begins with none. */
export function readRepeating(text: string, clock: Clock): TimeRead | null {
  const head = readRepeatHead(text);
  if (!head) return null;
  const { unit, every, length } = head;
  if (unit === 'minute' || unit === 'hour') {
    const at = DateTime.fromJSDate(clock.now).plus({ [unit]: every });
    return { at: at.toJSDate(), length: withMark(text, length), repeats: { unit, every } satisfies Repeat };
  }
  const rest = text.slice(length);
  const gap = /^,?\s*/.exec(rest)?.[0].length ?? 0;
  const told = readHour(rest.slice(gap));
  if (!told && LEFT.test(rest.slice(gap))) return null;
  const [hour, minute] = told ? told.time : [head.hour ?? MORNING, 0];
  return {
    at: firstAt(head, [hour, minute], clock),
    length: withMark(text, told ? length + gap + told.length : length),
    repeats: repeatOf(head),
  };
}

const repeatOf = ({ unit, every, weekdays }: RepeatHead): Repeat =>
  unit === 'day' && weekdays ? { unit, every, weekdays: [...weekdays] } : { unit, every };

/** The next time of the day that is still to come, on a day that the repeat names. */
function firstAt({ weekdays, monthDay }: RepeatHead, [hour, minute]: readonly [number, number], { now, timeZone }: Clock): Date {
  let first = DateTime.fromJSDate(now, { zone: timeZone }).set({ hour, minute, second: 0, millisecond: 0 });
  const fits = () =>
    first.toJSDate() > now && (weekdays?.includes(first.weekday) ?? true) && (monthDay === undefined || first.day === monthDay);
  // Set anew on each day: one on which the clocks skip the hour must not shift those after it.
  while (!fits()) first = first.plus({ days: 1 }).set({ hour, minute });
  return first.toJSDate();
}

/** Where the time is done, past the comma or colon that may part it from what follows. */
const withMark = (text: string, length: number): number => (/[,:]/.test(text.charAt(length)) ? length + 1 : length);

function readHour(text: string): { time: [number, number]; length: number } | null {
  const named = NAMED_TIME.exec(text);
  if (named) return { time: [named[1] === undefined ? 0 : 12, 0], length: named[0].length };
  const clockTime = CLOCK_TIME.exec(text);
  return clockTime && { time: hourOf(clockTime), length: clockTime[0].length };
}

function hourOf([, hour, minute, half]: RegExpExecArray): [number, number] {
  const told = Number(hour);
  const shift = half?.toLowerCase() === 'pm' && told < 12 ? 12 : half?.toLowerCase() === 'am' && told === 12 ? -12 : 0;
  return [told + shift, Number(minute ?? 0)];
}
