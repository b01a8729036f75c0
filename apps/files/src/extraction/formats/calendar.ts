import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { duration, repetition } from './calendar-words.ts';
import { contentLines } from './content-lines.ts';

const LABELS: Record<string, string> = {
  SUMMARY: 'Summary',
  DESCRIPTION: 'Description',
  LOCATION: 'Location',
  DTSTART: 'Start',
  DTEND: 'End',
  DUE: 'Due',
  DURATION: 'Duration',
  RRULE: 'Repeats',
  EXDATE: 'Except',
  ORGANIZER: 'Organizer',
  ATTENDEE: 'Attendee',
  STATUS: 'Status',
  CATEGORIES: 'Categories',
  COMMENT: 'Comment',
  CONTACT: 'Contact',
  URL: 'URL',
  PRIORITY: 'Priority',
  'X-WR-CALNAME': 'Calendar',
  'X-WR-CALDESC': 'Description',
};

/** A calendar (iCalendar): each event with what people see of it, a line for each fact. */
export async function* readCalendar(source: Source): AsyncGenerator<Piece> {
  let machine = 0;
  for await (const { name, parameters, value } of contentLines(source)) {
    // Of an alarm, when it rings; how a time zone is reckoned is the machine's.
    if (name === 'TRIGGER' && value.trim() !== '') yield `Reminder: ${reminder(value, parameters)}\n`;
    const isMachine = /^(?:VTIMEZONE|VALARM)$/i.test(value);
    if (name === 'BEGIN' && isMachine) machine += 1;
    if (name === 'END' && isMachine) machine -= 1;
    if (machine > 0) continue;
    if (name === 'BEGIN' || name === 'END') yield '\n\n';
    else if (LABELS[name] && value.trim() !== '') yield `${LABELS[name]}: ${shown(name, parameters, value)}\n`;
  }
}

function shown(name: string, parameters: Record<string, string>, value: string): string {
  if (name === 'ORGANIZER' || name === 'ATTENDEE') {
    const address = value.replace(/^mailto:/i, '');
    return parameters.CN && parameters.CN !== address ? `${parameters.CN} <${address}>` : address;
  }
  if (name === 'RRULE') return repetition(value);
  if (name === 'DURATION') return duration(value);
  return (
    value
      .split(',')
      .map((one) => shownTime(one, parameters) ?? null)
      .reduce<string | null>((all, one) => (all === null || one === null ? null : all === '' ? one : `${all}, ${one}`), '') ?? value
  );
}

const reminder = (value: string, parameters: Record<string, string>) => {
  const time = shownTime(value, parameters);
  if (time) return time;
  return /^[+-]?PT?0[A-Z]$/.test(value) ? 'when it begins' : `${duration(value)} ${value.startsWith('-') ? 'before' : 'after'}`;
};

function shownTime(value: string, parameters: Record<string, string>): string | null {
  const time = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value);
  if (!time) return null;
  const [, year, month, day, hour, minute, , utc] = time;
  const zone = utc ? ' UTC' : parameters.TZID ? ` ${parameters.TZID}` : '';
  return `${year}-${month}-${day}${hour === undefined ? '' : ` ${hour}:${minute}${zone}`}`;
}
