import { Observable } from '@atrium/client';

/** Rooms this user marked unread on this page, and up to where they count as read: there, looking is not reading. */
class UnreadMarks extends Observable<ReadonlyMap<string, number>> {
  readonly #marks = new Map<string, number>();

  set(roomId: string, readTo: number): void {
    this.#marks.set(roomId, readTo);
    this.changed();
  }

  forget(roomId: string): void {
    if (this.#marks.delete(roomId)) this.changed();
  }

  protected build(): ReadonlyMap<string, number> {
    return new Map(this.#marks);
  }
}

export const unreadMarks = new UnreadMarks();
