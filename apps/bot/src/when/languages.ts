import * as chrono from 'chrono-node';

type Language = {
  parser: { parse: typeof chrono.parse };
  /** What may stand between a day and a bare hour. */
  at: string;
  /** What may stand before a date and says nothing of it. */
  lead: RegExp;
  /** A bare hour right after a day is one, though it might be a number of something elsewhere: "tomorrow 9". */
  bareHour: RegExp;
};

const EN_DAYS = String.raw`today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun`;
const DE_DAYS = 'heute|morgen|übermorgen|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch';
const FR_DAYS = "aujourd'hui|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche";
const ES_DAYS = 'hoy|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo';

const bareHour = (days: string, before = ''): RegExp =>
  new RegExp(String.raw`^(${before}(?:${days}))\s+([01]?\d|2[0-3])(?=\s|$)(?!\s*(?:am|pm|uhr|h)\b)`, 'iu');

/** The languages that times are read in, in the order in which they are tried. */
export const LANGUAGES: readonly Language[] = [
  { parser: chrono.en, at: 'at ', lead: /^on\s+(?:the\s+)?/i, bareHour: bareHour(EN_DAYS, String.raw`(?:(?:on|next|this)\s+)?`) },
  { parser: chrono.de, at: 'um ', lead: /^am\s+/i, bareHour: bareHour(DE_DAYS, String.raw`(?:am\s+)?`) },
  { parser: chrono.fr, at: 'à ', lead: /^le\s+/i, bareHour: bareHour(FR_DAYS) },
  { parser: chrono.es, at: 'a las ', lead: /^el\s+/i, bareHour: bareHour(ES_DAYS, String.raw`(?:el\s+)?`) },
];

const EVERY = String.raw`every|jede[nrs]?|chaque|tous\s+les|toutes\s+les|cada|todos\s+los|todas\s+las`;
const REPEATED: Readonly<Record<'minute' | 'hour' | 'day' | 'weekday' | 'week' | 'month', string>> = {
  minute: 'mins?|minutes?|m|minuten?|minutos?',
  hour: 'hours?|hrs?|h|stunden?|heures?|horas?',
  day: 'days?|tage?|jours?|días?|dias?',
  weekday: 'weekdays?|werktage?',
  week: 'weeks?|wochen?|semaines?|semanas?',
  month: 'months?|monate?|mois|mes(?:es)?',
};

/** The head of what comes again: "every 2 weeks", "jeden Tag", "daily". */
export function readRepeatHead(text: string): { unit: keyof typeof REPEATED; every: number; length: number } | null {
  const daily = /^(?:daily|täglich)(?=\s|$)/i.exec(text);
  if (daily) return { unit: 'day', every: 1, length: daily[0].length };
  for (const [unit, words] of Object.entries(REPEATED) as [keyof typeof REPEATED, string][]) {
    const head = new RegExp(String.raw`^(?:${EVERY})\s+(?:alle\s+)?(?:(\d{1,3})\s*)?(?:${words})(?=\s|$)`, 'iu').exec(text);
    if (head) return { unit, every: Number(head[1] ?? 1), length: head[0].length };
  }
  return null;
}

/** How much of a text says that a day of the week comes again: "every " of "every Monday". */
export const repeatedDayHead = (text: string): number =>
  new RegExp(String.raw`^(?:${EVERY})\s+(?=(?:${EN_DAYS}|${DE_DAYS}|${FR_DAYS}|${ES_DAYS})s?(?:\s|$))`, 'iu').exec(text)?.[0].length ?? 0;

/** An hour of the day, with or without minutes, as the languages write it. */
export const CLOCK_TIME = /^(?:(?:at|um|à|a\s+las?)\s+)?(?:([01]?\d|2[0-3])(?:[:h]([0-5]\d))?\s*(am|pm|uhr|h)?)(?=\s|$)/iu;
