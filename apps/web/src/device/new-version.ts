import { Observable } from '@atrium/client';

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
