import { useEffect, useState } from 'react';

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
