import type { Repetition } from './repeated-task.ts';

/** What the workers of a pool do. */
export type PoolWork<T> = {
  /** Takes something that is due and makes it its own, or nothing. */
  take: () => Promise<T | null | undefined>;
  /** Does it to the end. */
  handle: (taken: T) => Promise<void>;
};

/**
 * Does what is due, looked for at an interval and whenever it is woken, by a number of workers at most. A worker goes on
 * until nothing is due, and wakes another one for each thing it takes: one that takes long holds up its worker alone.
 */
export class WorkerPool<T> {
  private readonly workers = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly work: PoolWork<T>,
    private readonly repetition: Repetition & { sideBySide: number },
  ) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), this.repetition.everyMs).unref();
  }

  /** Looks for what is due now, unless all workers are at work. */
  wake(): void {
    if (this.stopped || this.workers.size >= this.repetition.sideBySide) return;
    const worker = this.goOn()
      .catch((error: unknown) => this.repetition.logger.warn(`${this.repetition.onFailure}: ${(error as Error).message}`))
      .finally(() => this.workers.delete(worker));
    this.workers.add(worker);
  }

  /** Nothing is taken after this. Resolves when all that was taken is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await Promise.all(this.workers);
  }

  private async goOn(): Promise<void> {
    while (!this.stopped) {
      const taken = await this.work.take();
      if (taken === null || taken === undefined) return;
      this.wake();
      await this.work.handle(taken);
    }
  }
}
