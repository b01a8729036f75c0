import { DateTime } from 'luxon';

const TOKENS: Readonly<Record<string, string>> = {
  date_num: 'yyyy-MM-dd',
  date_short: 'd LLL yyyy',
  date: 'd LLLL yyyy',
  date_long: 'cccc, d LLLL yyyy',
  time: 'HH:mm',
  time_secs: 'HH:mm:ss',
};

/** A moment as a program wants it shown. Its readers may be anywhere, so that a time says of which zone it is. */
export function dateText(seconds: number, format = '{date_short}, {time}'): string {
  const at = DateTime.fromSeconds(seconds, { zone: 'UTC', locale: 'en' });
  if (!at.isValid) return String(seconds);
  return format.replace(/\{(\w+?)(?:_pretty)?\}/g, (whole, token: string) => {
    const shown = TOKENS[token] ?? (token === 'ago' ? 'd LLL yyyy' : undefined);
    if (shown === undefined) return whole;
    return token.startsWith('time') ? `${at.toFormat(shown)} UTC` : at.toFormat(shown);
  });
}
