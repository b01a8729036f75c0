import { Observable } from '@atrium/client';
import { useSyncExternalStore } from 'react';
import { clockTime, exactTime, timeInList } from './format.ts';

const TICK_MS = 20_000;

/** One clock for all relative times on the page. */
class Clock extends Observable<number> {
  #now = Date.now();

  constructor() {
    super();
    setInterval(() => {
      this.#now = Date.now();
      this.changed();
    }, TICK_MS);
  }

  protected build(): number {
    return this.#now;
  }
}

export const clock = new Clock();

/** When something was: by the clock under a line that names the day (`day`), else with the day unless it is today; exact on hover. */
export function Time({ at, form = 'list', className }: { at: string; form?: 'day' | 'list'; className?: string | undefined }) {
  const now = useSyncExternalStore(clock.subscribe, clock.snapshot);
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {form === 'day' ? clockTime(at) : timeInList(at, now)}
    </time>
  );
}
