/** Choices that look random and are the same in every run. */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 7919) % 2_147_483_647;
  }

  /** A number from 0 on, below this one. */
  below(end: number): number {
    this.#state = (this.#state * 16_807) % 2_147_483_647;
    return this.#state % end;
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** Each of these, or not. */
  some<T>(from: readonly T[]): T[] {
    return from.filter(() => this.oneIn(3));
  }
}
