import { plural, t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long is left, to the second where seconds still matter. */
export function leftText(seconds: number): string {
  if (seconds >= DAY)
    return t`${plural(Math.floor(seconds / DAY), { one: '# day', other: '# days' })} ${{ hours: Math.floor((seconds % DAY) / HOUR) }} h`;
  if (seconds >= HOUR) return t`${{ hours: Math.floor(seconds / HOUR) }} h ${{ minutes: Math.floor((seconds % HOUR) / MINUTE) }} min`;
  return seconds >= MINUTE ? t`${{ minutes: Math.floor(seconds / MINUTE) }} min ${{ seconds: seconds % MINUTE }} s` : t`${seconds} s`;
}

/** Whole seconds until a time, counted down; 0 once it has passed. @param until in ms since the epoch */
export function useSecondsUntil(until: number): number {
  const [now, setNow] = useState(Date.now);
  const waiting = until > now;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [waiting]);
  return waiting ? Math.ceil((until - now) / 1000) : 0;
}
