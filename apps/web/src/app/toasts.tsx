import { AtriumError, Observable } from '@atrium/client';
import { IconX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import styles from './toasts.module.css';

type Toast = { id: number; text: string; tone: 'plain' | 'danger' };
const SHOWN_MS = 6000;

/** Short news about something just done, where the place itself does not show it. */
class ToastList extends Observable<readonly Toast[]> {
  #toasts: Toast[] = [];
  #nextId = 1;

  show(text: string, tone: Toast['tone'] = 'plain'): void {
    const id = this.#nextId++;
    this.#toasts = [...this.#toasts.slice(-2), { id, text, tone }];
    this.changed();
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
    this.changed();
  }

  protected build(): readonly Toast[] {
    return this.#toasts;
  }
}

const list = new ToastList();

export const showToast = (text: string): void => list.show(text);
export const showError = (error: unknown): void => list.show(AtriumError.from(error).detail, 'danger');

export function Toasts() {
  const toasts = useSyncExternalStore(list.subscribe, list.snapshot);
  return (
    <div className={styles.stack} role="status" aria-label="Notices">
      {toasts.map((toast) => (
        <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => list.dismiss(toast.id)}>
            <IconX size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
