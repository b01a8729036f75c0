import { t } from '@lingui/core/macro';
import { Observable } from '@atrium/client';
import { useSyncExternalStore } from 'react';
import styles from '../kit/offline-bar.module.css';

/** Whether a newer build of the page waits to take over. */
class NewVersion extends Observable<boolean> {
  #waiting: ServiceWorker | undefined;

  offer(worker: ServiceWorker): void {
    this.#waiting = worker;
    this.changed();
  }

  /** Loads it. What is written and not sent is kept over it. */
  take(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
    this.#waiting?.postMessage('take over');
  }

  protected build(): boolean {
    return this.#waiting !== undefined;
  }
}

export const newVersion = new NewVersion();

/** Says that there is a newer page. Nothing changes under anybody's hands until they ask for it. */
export function NewVersionBar() {
  const isOffered = useSyncExternalStore(newVersion.subscribe, newVersion.snapshot);
  return (
    <div role="status" aria-label={t`New version`} className={styles.holder}>
      {isOffered && (
        <div className={styles.bar}>
          <span>{t`A new version of Atrium is here.`}</span>
          <button type="button" onClick={() => newVersion.take()}>
            {t`Reload`}
          </button>
        </div>
      )}
    </div>
  );
}
