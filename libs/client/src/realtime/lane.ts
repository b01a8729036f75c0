import { Backoff } from './backoff.ts';

/**
 * Whose turn it is in one room. Only one message of a room is under way at a time: were the next one sent along, it
 * could be stored although the one before it was not, and people would read the answer before the question.
 */
class Lane {
  readonly #backoff = new Backoff();
  #current: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  isTakenBy(clientId: string): boolean {
    return this.#current === clientId;
  }

  /** @param overdue what to do when nothing was heard of it by then */
  take(clientId: string, withinMs: number, overdue: () => void): void {
    clearTimeout(this.#timer);
    this.#current = clientId;
    this.#timer = setTimeout(overdue, withinMs);
  }

  /** The message keeps its turn, and everything behind it waits as well. */
  postpone(atLeastMs: number, again: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(again, atLeastMs + this.#backoff.nextMs());
  }

  /** Nothing is under way any more; how long it has been failing stays known. */
  free(): void {
    clearTimeout(this.#timer);
    this.#current = undefined;
  }

  /** The server took a decision, so it is there: the next trouble starts with short waits again. */
  settled(): void {
    this.free();
    this.#backoff.reset();
  }
}

/** The lanes of all rooms. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  of(roomId: string): Lane {
    const lane = this.#lanes.get(roomId) ?? new Lane();
    this.#lanes.set(roomId, lane);
    return lane;
  }

  clear(): void {
    for (const lane of this.#lanes.values()) lane.free();
    this.#lanes.clear();
  }
}
