/** Lets so many works be under way at once; the others wait their turn, first come, first served. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];

  constructor(private places: number) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place that is handed on is never free, so nobody who comes in between can take it.
      const next = this.waiting.shift();
      if (next) next();
      else this.places++;
    }
  }
}
