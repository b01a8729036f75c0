import type { TimelineEntry } from '@atrium/contracts';

/** Entries that come while pages are on their way: a page may have been read before them, or after. */
export class LateEntries {
  #onTheirWay = 0;
  #entries: TimelineEntry[] = [];

  hear(entry: TimelineEntry): void {
    if (this.#onTheirWay > 0) this.#entries.push(entry);
  }

  /** Asks for a page, and hands it over with what came since it was asked for. */
  async during<T>(ask: () => Promise<T>, take: (page: T, late: readonly TimelineEntry[]) => void): Promise<void> {
    const from = this.#entries.length;
    this.#onTheirWay += 1;
    try {
      const page = await ask();
      take(page, this.#entries.slice(from));
    } finally {
      this.#onTheirWay -= 1;
      if (this.#onTheirWay === 0) this.#entries = [];
    }
  }
}
