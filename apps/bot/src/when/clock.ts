import { DateTime } from 'luxon';
import { i18n, language } from '../words/words.ts';

/** Where somebody stands in time. */
export type Clock = { now: Date; timeZone: string };

/** A time as its reader's clock shows it. */
export function timeText(at: Date, { now, timeZone }: Clock): string {
  const then = DateTime.fromJSDate(at, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const time = then.toFormat(then.second === 0 ? 'HH:mm' : 'HH:mm:ss');
  if (then.hasSame(today, 'day')) return i18n.t('today at {time} ({zone})', { time, zone: timeZone });
  if (then.hasSame(today.plus({ days: 1 }), 'day')) return i18n.t('tomorrow at {time} ({zone})', { time, zone: timeZone });
  const day = dayText(then, !then.hasSame(today, 'year'));
  return i18n.t('{day} at {time} ({zone})', { day, time, zone: timeZone });
}

/** English leaves the comma out that its dates have elsewhere. */
function dayText(day: DateTime, hasYear: boolean): string {
  if (language() === 'en') return day.setLocale('en').toFormat(hasYear ? 'ccc d LLL yyyy' : 'ccc d LLL');
  return day
    .setLocale(language())
    .toLocaleString({ weekday: 'short', day: 'numeric', month: 'short', ...(hasYear && { year: 'numeric' }) });
}
