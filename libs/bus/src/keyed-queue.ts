/** Runs tasks of one key one after another and different keys side by side. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<void>>();

  /** @returns the outcome of the task; whether it rejects or not, the next of its key follows */
  add(key: string, task: () => Promise<void>): Promise<void> {
    const done = (this.tails.get(key) ?? Promise.resolve()).then(task);
    const tail = done
      .catch(() => undefined)
      .finally(() => {
        if (this.tails.get(key) === tail) this.tails.delete(key);
      });
    this.tails.set(key, tail);
    return done;
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.tails.values()]);
  }
}
