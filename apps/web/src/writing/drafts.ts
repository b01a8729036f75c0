import { Observable } from '@atrium/client';

const PREFIX = 'atrium.draft.';

/** Where someone writes: a room or a thread in it, by person, since several may use one browser. */
export const placeOf = (userId: string, roomId: string, parentId?: string): string =>
  [userId, roomId, ...(parentId ? [parentId] : [])].join('.');

/** What was written and not sent, per place, over reloads. */
export const readDraft = (place: string): string => localStorage.getItem(PREFIX + place) ?? '';

/** The places of a person where something is written, on this device. */
export const writtenPlaces = (userId: string): string[] =>
  Object.keys(localStorage).flatMap((key) => (key.startsWith(`${PREFIX}${userId}.`) ? [key.slice(PREFIX.length)] : []));

export function keepDraft(place: string, text: string): void {
  storeDraft(place, text);
  for (const hear of onKept) hear(place);
}

/** What was written elsewhere takes the place of what stands here. */
export function replaceDraft(place: string, text: string, { takesFocus = false } = {}): void {
  storeDraft(place, text);
  for (const hear of onReplaced.get(place) ?? []) hear(text, takesFocus);
}

function storeDraft(place: string, text: string): void {
  draftPlaces.set(place, text.trim() !== '');
  if (text.trim() === '') return localStorage.removeItem(PREFIX + place);
  try {
    localStorage.setItem(PREFIX + place, text);
  } catch {
    // A full storage keeps it from the next reload, not from being written and sent.
  }
}

const onKept = new Set<(place: string) => void>();
type Replaced = (text: string, takesFocus: boolean) => void;
const onReplaced = new Map<string, Set<Replaced>>();

/** Calls back whenever something was written here. */
export const hearKeptDrafts = (hear: (place: string) => void): void => void onKept.add(hear);

/** Calls back whenever the draft of a place came from elsewhere. @returns what ends it */
export function hearReplacedDraft(place: string, hear: Replaced): () => void {
  const heard = onReplaced.get(place) ?? new Set();
  onReplaced.set(place, heard.add(hear));
  return () => void heard.delete(hear);
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

  /** In a room, or in a thread of it. */
  hasWithin(place: string): boolean {
    return this.has(place) || [...this.#known].some(([one, isWritten]) => isWritten && one.startsWith(`${place}.`));
  }

  protected build(): ReadonlyMap<string, boolean> {
    return new Map(this.#known);
  }
}

export const draftPlaces = new DraftPlaces();
