/** Runs work on the same thing one after another, so that what was asked last is what stands: requests overtake each other. */
export class InOrder {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Begins once everything that was given for `key` before has ended, however it ended. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
