/** A date in a text: what of it is told, and where, in UTF-16 units. */
export type FoundDate = { year?: number; month: number; day?: number; start: number; end: number };

const LANGUAGES = 'en de fr es it pt nl ro pl ru el tr sv da cs'.split(' ');

/** Months by their names as they stand alone and beside a day, long and short: January, Jan, января. */
const MONTHS = new Map(
  LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, i) => i).flatMap((i) => {
      const on = new Date(Date.UTC(2024, i, 15));
      const nameIn = (options: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).formatToParts(on).find(({ type }) => type === 'month')!.value;
      const names = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }, { month: 'short', day: 'numeric' }] as const;
      return names.map((options) => [nameIn(options).toLowerCase().replace(/\.$/, ''), i + 1] as const);
    }),
  ).filter(([name]) => /^\p{L}{3,}$/u.test(name)),
);

const NAME = `(?<name>${[...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')})\\.?(?![\\p{L}\\p{M}])`;
const YEAR = '(?<year>[12]\\d{3})(?!\\d)';
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.|º|ª)?(?!\\d)';
const OF = '[\\s,]+(?:(?:of|de|del|di|du)\\s+)?';
const FORMS = [
  `(?<![\\d.-])(?<year>[12]\\d{3})-(?<month>\\d{2})-(?<day>\\d{2})(?!\\d)`,
  `(?<![\\d.])(?<day>\\d{1,2})(?<separator>[./])(?<month>\\d{1,2})\\k<separator>${YEAR}`,
  `(?<year>\\d{4})\\s?年\\s?(?<month>\\d{1,2})\\s?月(?:\\s?(?<day>\\d{1,2})\\s?日)?`,
  `(?<!\\d)${DAY}${OF}${NAME}(?:${OF}${YEAR})?`,
  `(?<![\\p{L}\\p{M}])${NAME}\\s+${DAY}(?:,?\\s+${YEAR})?`,
  `(?<![\\p{L}\\p{M}])${NAME}${OF}${YEAR}`,
].map((form) => new RegExp(form, 'giu'));

const MONTH_FIRST = new RegExp(`^\\s*${NAME}`, 'iu');

/** Whether a text goes on with the name of a month. */
export const opensWithMonth = (text: string): boolean => MONTH_FIRST.test(text);

/** Every date of a text, in whatever form and language it is written. */
export function datesIn(text: string): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const found = FORMS.flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => {
      const date = read(match.groups!);
      return date ? [{ ...date, start: match.index, end: match.index + match[0].length }] : [];
    }),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((date) => {
    if (date.start < end) return false;
    end = date.end;
    return true;
  });
}

function read(groups: Record<string, string | undefined>): Pick<FoundDate, 'year' | 'month' | 'day'> | null {
  let month = groups['name'] ? MONTHS.get(groups['name'].toLowerCase())! : Number(groups['month']);
  let day = groups['day'] === undefined ? undefined : Number(groups['day']);
  // 1/15/2026: no month is the fifteenth.
  if (day !== undefined && groups['separator'] === '/' && month > 12) [month, day] = [day, month];
  if (month < 1 || month > 12 || (day !== undefined && (day < 1 || day > 31))) return null;
  return { month, ...(day === undefined ? {} : { day }), ...(groups['year'] ? { year: Number(groups['year']) } : {}) };
}
