import { Observable } from '@atrium/client';
import type { PersonalNote } from '@atrium/contracts';

/** What is kept at most: nobody reads further back in words that are gone with a reload. */
const MOST = 50;

/** Words for this user alone, in the order in which they came; an answer takes the place of "working". */
export class PersonalNotes extends Observable<readonly PersonalNote[]> {
  #notes: readonly PersonalNote[] = [];
  /** Those that were put away: a late repeat does not bring them back. */
  readonly #dismissed = new Set<string>();

  put(note: PersonalNote): void {
    if (this.#dismissed.has(note.id)) return;
    const known = this.#notes.find((one) => one.id === note.id);
    // The reply and the push come by different ways: what is finished is not replaced by "working".
    if (known && !known.working && note.working) return;
    this.#notes = known
      ? this.#notes.map((one) => (one.id === note.id ? { ...note, at: known.at } : one))
      : [...this.#notes, note].slice(-MOST);
    this.changed();
  }

  dismiss(id: string): void {
    this.#dismissed.add(id);
    this.#notes = this.#notes.filter((note) => note.id !== id);
    this.changed();
  }

  clear(): void {
    this.#notes = [];
    this.#dismissed.clear();
    this.changed();
  }

  protected build(): readonly PersonalNote[] {
    return this.#notes;
  }
}
