const DAYS: Record<string, string> = {
  ...{ MO: 'Monday', TU: 'Tuesday', WE: 'Wednesday', TH: 'Thursday', FR: 'Friday', SA: 'Saturday', SU: 'Sunday' },
};
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const UNITS: Record<string, string> = {
  ...{ SECONDLY: 'second', MINUTELY: 'minute', HOURLY: 'hour', DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' },
};
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/** A rule of repetition in words: "every 2 weeks on Tuesday and Thursday, until 2024-12-31"; as it stands where it says more. */
export function repetition(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const unit = UNITS[parts.get('FREQ') ?? ''];
  const known = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'COUNT', 'UNTIL', 'WKST'];
  if (!unit || [...parts.keys()].some((key) => !known.includes(key))) return rule;
  const listOf = (key: string, word: (value: string) => string) => parts.get(key)?.split(',').map(word).join(' and ');
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const days = listOf('BYDAY', day);
  const monthDays = listOf('BYMONTHDAY', (value) => (value.startsWith('-') ? `last day but ${-Number(value) - 1}` : value));
  const months = listOf('BYMONTH', (value) => MONTHS[Number(value) - 1] ?? value);
  return [
    interval > 1 ? `every ${interval} ${unit}s` : `every ${unit}`,
    ...(days ? [` on ${days}`] : []),
    ...(monthDays ? [` on day ${monthDays.replace('last day but 0', 'the last')}`] : []),
    ...(months ? [` in ${months}`] : []),
    ...(parts.has('COUNT') ? [`, ${parts.get('COUNT')} times`] : []),
    ...(parts.has('UNTIL') ? [`, until ${parts.get('UNTIL')!.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')}`] : []),
  ].join('');
}

function day(value: string): string {
  const [, number = '', name = ''] = /^([+-]?\d+)?(\w\w)$/.exec(value) ?? [];
  const which = Number(number);
  if (number === '') return DAYS[name] ?? value;
  const ordinal = which === -1 ? 'last' : which < 0 ? `${ORDINALS[-which] ?? -which} last` : (ORDINALS[which] ?? String(which));
  return `the ${ordinal} ${DAYS[name] ?? name}`;
}

/** A length of time in words: "1 hour 30 minutes". */
export function duration(value: string): string {
  const [whole, , weeks, days, hours, minutes, seconds] =
    /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value) ?? [];
  if (!whole) return value;
  const parts: [string | undefined, string][] = [
    [weeks, 'week'],
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
    [seconds, 'second'],
  ];
  const said = parts.flatMap(([count, unit]) =>
    Number(count ?? 0) > 0 ? [`${Number(count)} ${unit}${Number(count) === 1 ? '' : 's'}`] : [],
  );
  return said.join(' ') || '0 minutes';
}
