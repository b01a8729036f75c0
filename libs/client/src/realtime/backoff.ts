/** Waits between attempts: full jitter, doubling from half a second to thirty; the first one is quick. */
export class Backoff {
  #attempt = 0;

  constructor(
    private readonly baseMs = 500,
    private readonly capMs = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  nextMs(): number {
    const ceiling = Math.min(this.capMs, this.baseMs * 2 ** this.#attempt);
    this.#attempt += 1;
    return Math.round(this.random() * ceiling);
  }

  reset(): void {
    this.#attempt = 0;
  }
}
