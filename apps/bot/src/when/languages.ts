import * as chrono from 'chrono-node';
import type { DateTime } from 'luxon';

/** How people say something, and what the parser reads in its place. */
type Rewrite = [said: RegExp, meant: string | ((now: DateTime, said: RegExpExecArray) => string)];
export type Language = {
  parser: { parse: typeof chrono.parse };
  /** What may stand between a day and a bare hour. */
  at: string;
  /** What may stand before a date and says nothing of it. */
  lead: RegExp;
  /** A bare hour right after a day is one, though it might be a number of something elsewhere: "tomorrow 9". */
  bareHour: RegExp;
  /** What the parser does not know. */
  rewrites: readonly Rewrite[];
  /** What the parser reads as a time and nobody means as one. */
  misread?: RegExp;
};

const EN_DAYS = String.raw`today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun`;
const DE_DAYS = 'heute|morgen|übermorgen|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch';
const FR_DAYS = "aujourd'hui|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche";
const ES_DAYS = 'hoy|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo';

const bareHour = (days: string, before = ''): RegExp =>
  new RegExp(String.raw`^(${before}(?:${days}))\s+([01]?\d|2[0-3])(?=\s|$)(?!\s*(?:am|pm|uhr|h)\b)`, 'iu');
/** Said at the beginning of a text, as whole words. */
const said = (words: string): RegExp => new RegExp(String.raw`^(?:${words})(?=[\s,:]|$)`, 'iu');

/** The day after tomorrow by its name: the parsers read an hour after that. */
const inTwoDays =
  (locale: string) =>
  (now: DateTime): string =>
    now.plus({ days: 2 }).setLocale(locale).toFormat('cccc');
const minutesOf = (hours: string, tenths: string): number => Math.round(Number(`${hours}.${tenths}`) * 60);

const isoDate = (year: string, month: string, day: string): string => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
/** This year, or the next where the day is over. */
const yearOfNext = (now: DateTime, month: number, day: number): string =>
  String(now.month > month || (now.month === month && now.day > day) ? now.year + 1 : now.year);

/** The languages that times are read in, in the order in which they are tried. */
export const LANGUAGES: readonly Language[] = [
  {
    parser: chrono.en,
    at: 'at ',
    lead: /^on\s+(?:the\s+)?/i,
    bareHour: bareHour(EN_DAYS, String.raw`(?:(?:on|next|this)\s+)?`),
    rewrites: [
      [said('in (?:a )?quarter of an hour'), 'in 15 minutes'],
      [said('in (?:an|one) hour and a half'), 'in 90 minutes'],
      [said(String.raw`in (\d{1,3}) and a half hours`), (_, [, hours = '']) => `in ${minutesOf(hours, '5')} minutes`],
      [said(String.raw`in (\d{1,3}),(\d{1,2}) h(?:ou)?rs?`), (_, [, hours = '', tenths = '']) => `in ${minutesOf(hours, tenths)} minutes`],
      [said('in a fortnight'), 'in 2 weeks'],
      // With dots the day comes first, in whatever language.
      [/^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=[\s,:]|$)/, (_, [, day = '', month = '', year = '']) => isoDate(year, month, day)],
    ],
  },
  {
    parser: chrono.de,
    at: 'um ',
    lead: /^am\s+/i,
    bareHour: bareHour(DE_DAYS, String.raw`(?:am\s+)?`),
    rewrites: [
      [said('in einer halben stunde'), 'in 30 Minuten'],
      [said('in einer viertelstunde'), 'in 15 Minuten'],
      [said('in einer dreiviertelstunde'), 'in 45 Minuten'],
      [said('in (?:anderthalb|eineinhalb) stunden'), 'in 90 Minuten'],
      [said(String.raw`in (\d{1,3}),(\d{1,2}) stunden`), (_, [, hours = '', tenths = '']) => `in ${minutesOf(hours, tenths)} Minuten`],
      [/^morgen früh(?=\s+(?:um\s+)?\d)/iu, 'morgen'],
      [said('morgen früh'), 'morgen um 9 Uhr'],
      [
        /^(\d{1,2})\.(\d{1,2})\.(?=\s|$)/,
        (now, [, day = '', month = '']) => isoDate(yearOfNext(now, Number(month), Number(day)), month, day),
      ],
    ],
    misread: /^in an?$/i,
  },
  {
    parser: chrono.fr,
    at: 'à ',
    lead: /^le\s+/i,
    bareHour: bareHour(FR_DAYS),
    rewrites: [
      [said('dans une demi-heure'), 'dans 30 minutes'],
      [said("dans un quart d['’]heure"), 'dans 15 minutes'],
      [said('dans une heure et demie'), 'dans 90 minutes'],
      [said('après-demain'), inTwoDays('fr')],
    ],
  },
  {
    parser: chrono.es,
    at: 'a las ',
    lead: /^el\s+/i,
    bareHour: bareHour(ES_DAYS, String.raw`(?:el\s+)?`),
    rewrites: [
      [said('en media hora'), 'en 30 minutos'],
      [said('en un cuarto de hora'), 'en 15 minutos'],
      [said('en una hora y media'), 'en 90 minutos'],
      [said('pasado mañana'), inTwoDays('es')],
    ],
    // The number after a month is a day, not a year.
    misread: /^\p{L}+\.? \d{2}$/iu,
  },
];

const GONE_DAYS = String.raw`lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine|mois|an(?:née)?|lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana|mes|año`;
const GONE = new RegExp(
  String.raw`^(?:(?:vor)?gestern|yesterday|(?:avant-)?hier|(?:ante)?ayer|(?:on |am |im |in der )?(?:last|previous|letzte[mnrs]?|vorige[mnrs]?|vergangene[mnrs]?) \S+` +
    String.raw`|vor \S+ \p{L}+|il y a \S+|hace \S+ \p{L}+|(?:(?:le|la|l['’]|el) ?)?(?:${GONE_DAYS}) (?:derni(?:er|ère)|passée?|pasad[oa]))(?=[\s,:]|$)`,
  'iu',
);

/** Whether a text begins with what names the past in every reading: the parsers take "last Monday" for one to come. */
export const namesThePast = (text: string): boolean => GONE.test(text);
