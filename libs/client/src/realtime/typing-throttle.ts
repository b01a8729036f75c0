/** A typing person is told about at most every four seconds; stopping is told once. */
export const TYPING_REPEAT_MS = 4000;

export class TypingThrottle {
  readonly #sentAt = new Map<string, number>();

  constructor(
    private readonly send: (roomId: string, typing: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {}

  set(roomId: string, typing: boolean): void {
    const sentAt = this.#sentAt.get(roomId);
    if (typing) {
      if (sentAt !== undefined && this.now() - sentAt < TYPING_REPEAT_MS) return;
      this.#sentAt.set(roomId, this.now());
      this.send(roomId, true);
    } else if (sentAt !== undefined) {
      this.#sentAt.delete(roomId);
      this.send(roomId, false);
    }
  }
}
