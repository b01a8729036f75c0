import { Observable } from '@atrium/client';

export type Toast = { id: number; text: string; tone: 'plain' | 'danger' };
const SHOWN_MS = 6000;
const SHOWN_AT_ONCE = 3;

/** Short news about something just done, where the place itself does not show it. */
export class ToastList extends Observable<readonly Toast[]> {
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #toasts: Toast[] = [];
  #nextId = 1;

  /** The same news once more is shown once, as the latest. */
  show(text: string, tone: Toast['tone'] = 'plain'): void {
    const id = this.#nextId++;
    const others = this.#toasts.filter((toast) => toast.text !== text || toast.tone !== tone);
    this.#keep([...others, { id, text, tone }].slice(-SHOWN_AT_ONCE));
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS),
    );
  }

  dismiss(id: number): void {
    this.#keep(this.#toasts.filter((toast) => toast.id !== id));
  }

  protected build(): readonly Toast[] {
    return this.#toasts;
  }

  #keep(toasts: Toast[]): void {
    for (const { id } of this.#toasts) {
      if (toasts.some((toast) => toast.id === id)) continue;
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
    }
    this.#toasts = toasts;
    this.changed();
  }
}
