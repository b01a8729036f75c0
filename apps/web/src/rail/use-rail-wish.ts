import { Observable } from '@atrium/client';
import { useSyncExternalStore } from 'react';
import { AS_IT_COMES, type RailWish } from './rail-view.ts';

const KEY = 'atrium.rail-wish';

class RailWishes extends Observable<RailWish> {
  #wish: RailWish = readWish();

  change(changes: Partial<RailWish>): void {
    this.#wish = { ...this.#wish, ...changes };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#wish));
    } catch {
      // A full storage keeps it from the next reload.
    }
    this.changed();
  }

  protected build(): RailWish {
    return this.#wish;
  }
}

function readWish(): RailWish {
  try {
    const { order, unreadOnly, folded } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<RailWish>;
    return { order: order === 'name' ? order : 'activity', unreadOnly: unreadOnly === true, folded: Array.isArray(folded) ? folded : [] };
  } catch {
    // Somebody else wrote there.
    return AS_IT_COMES;
  }
}

/** How rooms are listed on this device. */
export const railWishes = new RailWishes();
export const useRailWish = (): RailWish => useSyncExternalStore(railWishes.subscribe, railWishes.snapshot);
