import { AppError } from '@atrium/contracts';

/** Runs at most `maxRunning` tasks at once, lets `maxWaiting` wait in line, and turns the rest away. */
export class Limiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.maxRunning) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.maxWaiting) {
      throw new AppError('service_unavailable', 'Too many people sign in right now.', { retryAfterSeconds: 1 });
    }
    await new Promise<void>((enter) => this.waiting.push(enter));
  }

  /** Hands the place to the first in line, if any. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
