import { useSyncExternalStore } from 'react';
import { clock } from './clock.ts';
import { exactTime, timeInDay, timeInList } from './format.ts';

/** A relative time; the exact one shows on hover. */
export function Time({ at, form = 'list', className }: { at: string; form?: 'day' | 'list'; className?: string | undefined }) {
  const now = useSyncExternalStore(clock.subscribe, clock.snapshot);
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {form === 'day' ? timeInDay(at, now) : timeInList(at, now)}
    </time>
  );
}
