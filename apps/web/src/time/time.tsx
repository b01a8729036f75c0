import { useSyncExternalStore } from 'react';
import { clock } from './clock.ts';
import { clockTime, exactTime, timeInList } from './format.ts';

/** When something was: by the clock under a line that names the day (`day`), else with the day unless it is today; exact on hover. */
export function Time({ at, form = 'list', className }: { at: string; form?: 'day' | 'list'; className?: string | undefined }) {
  const now = useSyncExternalStore(clock.subscribe, clock.snapshot);
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {form === 'day' ? clockTime(at) : timeInList(at, now)}
    </time>
  );
}
