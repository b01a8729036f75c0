import { Observable } from '@atrium/client';
import type { RailSection } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { AS_IT_COMES, type RailWish } from './rail-view.ts';

const KEY = 'atrium.rail-wish';

type SectionsChange = (sections: readonly RailSection[]) => readonly RailSection[];

class RailWishes extends Observable<RailWish> {
  #wish: RailWish = readWish();
  #kept: readonly RailSection[] = [];
  readonly #changing = new Set<SectionsChange>();

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

  /** The sections that one made, as the server has them; changes that it does not have yet are shown on top. */
  setOwn(kept: readonly RailSection[] = []): void {
    this.#kept = kept;
    this.#wish = { ...this.#wish, own: [...this.#changing].reduce((sections, change) => change(sections), kept) };
    this.changed();
  }

  /** Shows a change that is on its way. @returns what ends that: the server has it, or will not */
  begin(change: SectionsChange): () => void {
    this.#changing.add(change);
    this.setOwn(this.#kept);
    return () => {
      this.#changing.delete(change);
      this.setOwn(this.#kept);
    };
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
