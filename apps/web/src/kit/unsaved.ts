import { Observable } from '@atrium/client';
import { useEffect } from 'react';

/** Whether something was changed and not saved, and where one wanted to go instead of saving it. */
export class Unsaved extends Observable<{ asking: boolean }> {
  #isDirty = false;
  #go: (() => void) | undefined;

  get isDirty(): boolean {
    return this.#isDirty;
  }

  set(isDirty: boolean): void {
    this.#isDirty = isDirty;
  }

  /** Goes there at once, or once somebody said that the changes may be lost. */
  leave(go: () => void): void {
    if (!this.#isDirty) return go();
    this.#go = go;
    this.changed();
  }

  answer(discard: boolean): void {
    const go = this.#go;
    this.#go = undefined;
    if (discard) this.#isDirty = false;
    this.changed();
    if (discard) go?.();
  }

  protected build(): { asking: boolean } {
    return { asking: this.#go !== undefined };
  }
}

export const unsaved = new Unsaved();

/** For a form: whoever leaves while it is changed is asked first. */
export function useUnsaved(isDirty: boolean): void {
  useEffect(() => {
    unsaved.set(isDirty);
    return () => unsaved.set(false);
  }, [isDirty]);
}
