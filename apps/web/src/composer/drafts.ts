import { Observable } from '@atrium/client';

const PREFIX = 'atrium.draft.';

/** Where someone writes: a room or a thread in it, by person, since several may use one browser. */
export const placeOf = (userId: string, roomId: string, parentId?: string): string =>
  [userId, roomId, ...(parentId ? [parentId] : [])].join('.');

/** What was written and not sent, per place, over reloads. */
export const readDraft = (place: string): string => localStorage.getItem(PREFIX + place) ?? '';

export function keepDraft(place: string, text: string): void {
  draftPlaces.set(place, text.trim() !== '');
  if (text.trim() === '') return localStorage.removeItem(PREFIX + place);
  try {
    localStorage.setItem(PREFIX + place, text);
  } catch {
    // A full storage keeps it from the next reload, not from being written and sent.
  }
}

/** Which places have something written and not sent. */
class DraftPlaces extends Observable<ReadonlyMap<string, boolean>> {
  readonly #known = new Map<string, boolean>();

  set(place: string, isWritten: boolean): void {
    if (this.#known.get(place) === isWritten) return;
    this.#known.set(place, isWritten);
    this.changed();
  }

  has(place: string): boolean {
    return this.#known.get(place) ?? readDraft(place) !== '';
  }

  protected build(): ReadonlyMap<string, boolean> {
    return new Map(this.#known);
  }
}

export const draftPlaces = new DraftPlaces();
