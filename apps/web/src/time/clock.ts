import { Observable } from '@atrium/client';

const TICK_MS = 20_000;

/** One clock for all relative times on the page. */
class Clock extends Observable<number> {
  #now = Date.now();

  constructor() {
    super();
    setInterval(() => {
      this.#now = Date.now();
      this.changed();
    }, TICK_MS);
  }

  protected build(): number {
    return this.#now;
  }
}

export const clock = new Clock();
