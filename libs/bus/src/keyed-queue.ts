/** Runs tasks of one key one after another and different keys side by side. Tasks must not reject. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<void>>();

  add(key: string, task: () => Promise<void>): void {
    const tail = (this.tails.get(key) ?? Promise.resolve()).then(task);
    this.tails.set(key, tail);
    void tail.finally(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    });
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.tails.values()]);
  }
}
