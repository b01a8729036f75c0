import { Observable } from '../observable.ts';

export const TYPING_EXPIRES_MS = 8000;
type Typists = ReadonlyMap<string, readonly string[]>;

/** Who is typing where. A person who goes silent is forgotten after eight seconds. */
export class TypingMembers extends Observable<Typists> {
  readonly #rooms = new Map<string, Map<string, ReturnType<typeof setTimeout>>>();

  set(roomId: string, userId: string, typing: boolean): void {
    const typists = this.#rooms.get(roomId) ?? new Map<string, ReturnType<typeof setTimeout>>();
    this.#rooms.set(roomId, typists);
    const known = typists.get(userId);
    clearTimeout(known);
    if (typing)
      typists.set(
        userId,
        setTimeout(() => this.set(roomId, userId, false), TYPING_EXPIRES_MS),
      );
    else typists.delete(userId);
    if (typing !== (known !== undefined)) this.changed();
  }

  clear(): void {
    for (const typists of this.#rooms.values()) for (const timer of typists.values()) clearTimeout(timer);
    this.#rooms.clear();
    this.changed();
  }

  protected build(): Typists {
    return new Map([...this.#rooms].map(([roomId, typists]) => [roomId, [...typists.keys()]]));
  }
}
