import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
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
    // Time zones and alarms are the machine's.
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
  const time = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value);
  if (!time) return value;
  const [, year, month, day, hour, minute, , utc] = time;
  const zone = utc ? ' UTC' : parameters.TZID ? ` ${parameters.TZID}` : '';
  return `${year}-${month}-${day}${hour === undefined ? '' : ` ${hour}:${minute}${zone}`}`;
}
