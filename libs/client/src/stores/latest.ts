/** Tells what is newer than everything told of the same thing before: frames of two servers may overtake each other. */
export class Latest {
  readonly #versions = new Map<string, number>();

  /** @returns whether nothing newer of `key` was taken before; a server that does not number is believed */
  take(key: string, version: number | undefined): boolean {
    if (version === undefined) return true;
    if (version < (this.#versions.get(key) ?? -Infinity)) return false;
    this.#versions.set(key, version);
    return true;
  }

  /** For somebody else, or another server. */
  clear(): void {
    this.#versions.clear();
  }
}
