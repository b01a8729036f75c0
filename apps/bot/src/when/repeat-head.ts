const EVERY = String.raw`every|each|jede[nrsm]?|alle|chaque|tous\s+les|toutes\s+les|cada|todos\s+los|todas\s+las`;

/** Monday first; with the forms that stand after "every", and those that mean it by themselves ("montags"). */
const WEEKDAYS = [
  'mon(?:days?)?|montags?|lundis?|lunes',
  'tue(?:s(?:days?)?)?|dienstags?|mardis?|martes',
  'wed(?:nesdays?)?|mittwochs?|mercredis?|mi[ée]rcoles',
  'thu(?:rs(?:days?)?)?|donnerstags?|jeudis?|jueves',
  'fri(?:days?)?|freitags?|vendredis?|viernes',
  'sat(?:urdays?)?|samstags?|sonnabends?|samedis?|s[áa]bados?',
  'sun(?:days?)?|sonntags?|dimanches?|domingos?',
];
const REPEATING_DAYS = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|(?:mon|diens|donners|frei|sams|sonn)tags|mittwochs|werktags|hourly|daily|weekly|monthly|yearly|annually|stündlich|täglich|wöchentlich|monatlich|jährlich`;

const UNITS = {
  minute: 'mins?|minutes?|m|minuten?|minutos?',
  hour: 'hours?|hourly|hrs?|h|stunden?|stündlich|heures?|horas?',
  day: 'days?|daily|tage?|täglich|jours?|d[íi]as?',
  week: 'weeks?|weekly|wochen?|wöchentlich|semaines?|semanas?',
  month: 'months?|monthly|monate?|monatlich|mois|mes(?:es)?',
  year: 'years?|yearly|annually|jahre?|jährlich|ans?|années?|años?',
} as const;
/** Three months by a name of their own. */
const QUARTER = 'quarters?|quartale?|trimestres?';
/** Which day of a month, after it or in its place. */
const MONTH_DAY = /^\s+(?:on\s+(?:the\s+)?|am\s+|le\s+|el\s+)(\d{1,2})(?:st|nd|rd|th|er|\.)?(?=[\s,:]|$)/iu;
const DAY_OF_MONTH = /^(?:every|each)\s+(\d{1,2})(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?:the|each|every)\s+month(?=[\s,:]|$)/iu;
export type RepeatUnit = keyof typeof UNITS;

/** Days that a word of its own names. */
const DAY_GROUPS: readonly [words: string, weekdays: readonly number[]][] = [
  ['weekdays?|work(?:ing)?[ -]?days?|werktage?|werktags|wochentage?|jours? ouvr[ée]s?|d[íi]as? laborables?', [1, 2, 3, 4, 5]],
  ['weekends?|wochenenden?|week-ends?|fines? de semana', [6, 7]],
];
/** A part of the day that a repeat may name in place of an hour. */
const DAY_PARTS: readonly [words: string, hour: number][] = [
  ['mornings?|morgen|matins?|mañanas?', 9],
  ['noons?|mittag|midis?|mediod[íi]as?', 12],
  ['afternoons?|nachmittag|après-midis?|tardes?', 15],
  ['evenings?|abend|soirs?', 18],
  ['nights?|nacht|nuits?|noches?', 22],
];
/** How many, between "every" and what repeats. */
const COUNTS: readonly [words: string, count: number][] = [
  ['other|second|2nd|two|zweite[nrsm]?|zwei|deux|dos|segund[oa]s?', 2],
  ['third|3rd|three|dritte[nrsm]?|drei|trois|tres|tercer[oa]?', 3],
  ['fourth|4th|four|vierte[nrsm]?|vier|quatre|cuatro', 4],
  ['six|sechs|seis', 6],
];

export type RepeatHead = {
  unit: RepeatUnit;
  every: number;
  /** Monday is 1. */
  weekdays?: readonly number[];
  monthDay?: number;
  /** The hour that the head itself names. */
  hour?: number;
  length: number;
};

const END = String.raw`(?=[\s,:]|$)`;
const startsWith = (text: string, words: string): string | undefined => new RegExp(String.raw`^(?:${words})${END}`, 'iu').exec(text)?.[0];
const found = <T>(text: string, table: readonly (readonly [string, T])[]): [length: number, value: T] | undefined => {
  for (const [words, value] of table) {
    const length = startsWith(text, words)?.length;
    if (length !== undefined) return [length, value];
  }
  return undefined;
};

/** The head of what comes again: "every 2 weeks", "every Monday and Friday", "jeden zweiten Tag", "montags", "daily". */
export function readRepeatHead(text: string): RepeatHead | null {
  const dayOfMonth = DAY_OF_MONTH.exec(text);
  if (dayOfMonth) return onDay({ unit: 'month', every: 1, length: dayOfMonth[0].length }, Number(dayOfMonth[1]));
  const lead = new RegExp(String.raw`^(?:${EVERY})\s+`, 'iu').exec(text)?.[0] ?? '';
  if (lead === '' && startsWith(text, REPEATING_DAYS) === undefined) return null;
  const counted = readCount(text.slice(lead.length));
  if (counted.count < 1) return null;
  const start = lead.length + counted.length;
  const what = readWhat(text.slice(start), counted.count);
  if (!what) return null;
  const head = { ...what, length: start + what.length };
  const monthDay = head.unit === 'month' ? MONTH_DAY.exec(text.slice(head.length)) : null;
  return monthDay ? onDay({ ...head, length: head.length + monthDay[0].length }, Number(monthDay[1])) : head;
}

const onDay = (head: RepeatHead, monthDay: number): RepeatHead | null => (monthDay >= 1 && monthDay <= 31 ? { ...head, monthDay } : null);

function readCount(text: string): { count: number; length: number } {
  const digits = /^(\d{1,3})(?:\s*|\.\s+)(?=\p{L})/u.exec(text);
  if (digits) return { count: Number(digits[1]), length: digits[0].length };
  const word = found(text, COUNTS);
  if (!word) return { count: 1, length: 0 };
  const [length, count] = word;
  return { count, length: length + (/^\s*/.exec(text.slice(length))?.[0].length ?? 0) };
}

function readWhat(text: string, every: number): RepeatHead | null {
  const group = found(text, DAY_GROUPS);
  if (group) return every === 1 ? { unit: 'day', every, weekdays: group[1], length: group[0] } : null;
  const days = readDays(text);
  // Weeks are counted from one day: "every second Monday" has one, and "every second Monday and Friday" has not.
  if (days) {
    if (days.weekdays.length === 1) return { unit: 'week', every, ...days };
    return every === 1 ? { unit: 'day', every, ...days } : null;
  }
  const part = found(text, DAY_PARTS);
  if (part) return { unit: 'day', every, hour: part[1], length: part[0] };
  const quarter = startsWith(text, QUARTER)?.length;
  if (quarter !== undefined) return { unit: 'month', every: 3 * every, length: quarter };
  const unit = found(
    text,
    Object.entries(UNITS).map(([name, words]) => [words, name as RepeatUnit] as const),
  );
  return unit ? { unit: unit[1], every, length: unit[0] } : null;
}

const DAY_TABLE = WEEKDAYS.map((words, index) => [words, index + 1] as const);
const BETWEEN_DAYS = /^(?:\s*[,&+]\s*(?:(?:and|und|et|y)\s+)?|\s+(?:and|und|et|y)\s+)(?:(?:every|jeden|chaque|cada)\s+)?/iu;

/** One or more days of the week: "Monday", "mon, wed and fri". */
function readDays(text: string): { weekdays: number[]; length: number } | null {
  const first = found(text, DAY_TABLE);
  if (!first) return null;
  const weekdays = new Set([first[1]]);
  let length = first[0];
  for (;;) {
    const between = BETWEEN_DAYS.exec(text.slice(length))?.[0].length;
    const next = between === undefined ? undefined : found(text.slice(length + between), DAY_TABLE);
    if (between === undefined || !next) return { weekdays: [...weekdays].sort(), length };
    weekdays.add(next[1]);
    length += between + next[0];
  }
}
