import { Observable } from '@atrium/client';
import type { RailSection } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { AS_IT_COMES, type RailWish } from './rail-view.ts';

const KEY = 'atrium.rail-wish';

class RailWishes extends Observable<RailWish> {
  #wish: RailWish = readWish();

  /** @param changes what is kept on this device */
  change(changes: Partial<Omit<RailWish, 'own'>>): void {
    this.#wish = { ...this.#wish, ...changes };
    const { own: _own, ...kept } = this.#wish;
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A full storage keeps it from the next reload.
    }
    this.changed();
  }

  /** The sections that one made, as the server has them. */
  setOwn(own: readonly RailSection[] = []): void {
    this.#wish = { ...this.#wish, own };
    this.changed();
  }

  protected build(): RailWish {
    return this.#wish;
  }
}

function readWish(): RailWish {
  try {
    const { order, unreadOnly, folded } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<RailWish>;
    return {
      ...AS_IT_COMES,
      order: order === 'name' ? order : 'activity',
      unreadOnly: unreadOnly === true,
      folded: Array.isArray(folded) ? folded : [],
    };
  } catch {
    // Somebody else wrote there.
    return AS_IT_COMES;
  }
}

/** How rooms are listed on this device. */
export const railWishes = new RailWishes();
export const useRailWish = (): RailWish => useSyncExternalStore(railWishes.subscribe, railWishes.snapshot);
