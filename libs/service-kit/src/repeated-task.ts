import type { Logger } from '@nestjs/common';

export type Repetition = {
  everyMs: number;
  logger: Pick<Logger, 'warn'>;
  /** What the log says of a turn that failed, before the reason: what waits for the next turn. */
  onFailure: string;
};

/**
 * What a service does again and again for as long as it runs. One turn at a time: an interval that ends during a turn is
 * left out. A turn that fails is logged, and the next one comes as usual. `stop()` belongs into the hook of Nest in
 * which what the task uses still works (`onModuleDestroy`).
 */
export class RepeatedTask {
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> | undefined;
  private stopped = false;

  /** @param work one turn. A long one looks at `isStopped` between its parts. */
  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly repetition: Repetition,
  ) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  start(): void {
    this.timer = setInterval(() => void this.run(), this.repetition.everyMs).unref();
  }

  /** Begins a turn now, or joins the one under way. Resolves when the turn is over, also if it failed. */
  run(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.turn ??= this.attempt().finally(() => (this.turn = undefined));
    return this.turn;
  }

  /** Runs a turn that begins after this call, behind the one under way, which may have looked already at what has changed. */
  async runAfresh(): Promise<void> {
    await this.turn;
    return this.run();
  }

  /** No turn begins after this. Resolves when the one under way is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.turn;
  }

  private async attempt(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.repetition.logger.warn(`${this.repetition.onFailure}: ${(error as Error).message}`);
    }
  }
}
