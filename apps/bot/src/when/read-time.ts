import type { TimeFault, TimeRead } from '@atrium/contracts';
import type * as chrono from 'chrono-node';
import { DateTime, IANAZone } from 'luxon';
import { LANGUAGES, namesThePast, type Language } from './languages.ts';
import { timeText, type Clock } from './clock.ts';
import { readRepeating } from './read-repeat.ts';
import { i18n } from '../words/words.ts';

/** The hour meant by a day without one. */
const MORNING = 9;
const tryComing = () => i18n.t('try "in 20 min", "tomorrow 9:00" or "friday 14:30"');
const tryPast = () => i18n.t('try "2h", "yesterday" or "monday"');
const unknown = (hint: string) => i18n.t('is no time that is understood: {hint}', { hint });

/** The name of a zone after a time: "tomorrow 9:00 America/New_York". */
const ZONE = /^\s+([A-Z][A-Za-z]+\/[A-Za-z_/+-]+)(?=[\s,:]|$)/;

/** A time to come that a text begins with: "tomorrow 9", "in 20 min", "every Monday 9:00"; or why there is none. */
export function readComingTime(text: string, clock: Clock): TimeRead | TimeFault {
  const read = readComing(text, clock);
  if ('fault' in read) return (read.isUnknown && lastOf(text, clock)) || read;
  const [told, timeZone = ''] = ZONE.exec(text.slice(read.length)) ?? [];
  if (told === undefined || !IANAZone.isValidZone(timeZone)) return read;
  const there = readComing(text.slice(0, read.length), { now: clock.now, timeZone });
  const length = read.length + told.length;
  return 'fault' in there ? there : { ...there, timeZone, length: /[,:]/.test(text.charAt(length)) ? length + 1 : length };
}

/** How many words of a text may be a time that stands at its end. */
const MOST_WORDS = 6;

/** Slack takes the time last: whoever writes it so is told how it goes here. */
function lastOf(text: string, clock: Clock): TimeFault | undefined {
  const words = text.trim().split(/\s+/);
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count--) {
    const time = words.slice(-count).join(' ');
    const read = readComing(time, clock);
    if (!('fault' in read) && read.length >= time.length)
      return { fault: i18n.t('has to come first: try "{example}"', { example: `${time} ${words.slice(0, -count).join(' ')}` }) };
  }
  return undefined;
}

function readComing(text: string, clock: Clock): TimeRead | (TimeFault & { isUnknown?: true }) {
  const repeating = readRepeating(text, clock);
  if (repeating) return repeating;
  const gone = namesThePast(text);
  const read = readOnce(text, clock, !gone);
  if (read && !gone && read.at > clock.now) return { at: read.at, length: read.length };
  if (!read && !gone) return { fault: unknown(tryComing()), isUnknown: true };
  const hint = tryComing();
  return {
    fault: read
      ? i18n.t('lies in the past, {time}: {hint}', { time: timeText(read.at, clock), hint })
      : i18n.t('lies in the past: {hint}', { hint }),
  };
}

/** A time gone by that a text begins with: "2h", "yesterday", "monday", "14:30"; or why there is none. */
export function readPastTime(text: string, clock: Clock): TimeRead | TimeFault {
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
  if (!read) return { fault: unknown(tryPast()) };
  // A time of the day that is still to come today was meant as yesterday's.
  const at =
    read.at > clock.now && !read.namesDay ? DateTime.fromJSDate(read.at, { zone: clock.timeZone }).minus({ days: 1 }).toJSDate() : read.at;
  return at <= clock.now
    ? { at, length: read.length }
    : { fault: i18n.t('is still to come, {time}: {hint}', { time: timeText(at, clock), hint: tryPast() }) };
}

type ReadOnce = { at: Date; length: number; namesDay: boolean };

/** More than any time takes. The parsers look for one all over a text, and go over a long gap once for each space in it. */
const LONGEST_TIME = 120;

function readOnce(told: string, clock: Clock, coming: boolean): ReadOnce | null {
  const text = told.slice(0, LONGEST_TIME);
  for (const language of LANGUAGES) {
    const read = readIn(language, text, clock, coming);
    if (read) return read;
    const lead = language.lead.exec(text)?.[0].length ?? 0;
    const led = lead > 0 ? readIn(language, text.slice(lead), clock, coming) : null;
    if (led) return { ...led, length: led.length + lead };
  }
  return null;
}

/** An hour that could not be read as the one of the day before it, such as 25:00. */
const HOUR_LEFT = /^\s+(?:(?:at|um|à|a las)\s+)?\d{1,2}[:.]\d{2}(?=\s|$)/iu;

function readIn(language: Language, text: string, { now, timeZone }: Clock, coming: boolean): ReadOnce | null {
  const wall = DateTime.fromJSDate(now, { zone: timeZone });
  const known = inKnownWords(language, text, wall);
  const [found] = language.parser.parse(known.text, { instant: now, timezone: wall.offset }, { forwardDate: coming });
  const [end] = /^[,:]?(?=\s|$)/.exec(known.text.slice(found?.text.length)) ?? [];
  if (!found || found.index !== 0 || end === undefined || language.misread?.test(found.text)) return null;
  if (!found.start.isCertain('hour') && HOUR_LEFT.test(known.text.slice(found.text.length))) return null;
  const at = toInstant(found.start, timeZone, coming ? MORNING : 0);
  if (Number.isNaN(at.getTime())) return null;
  const namesDay = found.start.isCertain('day') || found.start.isCertain('weekday');
  return { at, length: known.lengthOf(found.text.length) + end.length, namesDay };
}

/** The text as the parser of the language knows it, and how much of what was written a part of that stands for. */
function inKnownWords({ rewrites, bareHour, at }: Language, text: string, now: DateTime): { text: string; lengthOf(read: number): number } {
  const [said, meant] = rewritten(rewrites, text, now);
  const known = meant + text.slice(said.length);
  const bare = bareHour.exec(known)?.[1]?.length;
  const asked = bare === undefined ? known : `${known.slice(0, bare)} ${at}${known.slice(bare).trimStart()}`;
  const added = asked.length - known.length;
  const lengthOf = (read: number) => (bare !== undefined && read > bare ? read - added : read) + said.length - meant.length;
  return { text: asked, lengthOf };
}

function rewritten(rewrites: Language['rewrites'], text: string, now: DateTime): [said: string, meant: string] {
  for (const [pattern, meant] of rewrites) {
    const said = pattern.exec(text);
    if (said) return [said[0], typeof meant === 'string' ? meant : meant(now, said)];
  }
  return ['', ''];
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

/** "tonight" and "this evening" mean an hour without saying it; a morning means the usual one. */
const isPartOfDay = (parts: chrono.ParsedComponents): boolean =>
  [...parts.tags()].some((tag) => /tonight|evening|afternoon|noon|midnight/i.test(tag));
