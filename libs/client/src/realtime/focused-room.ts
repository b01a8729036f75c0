import type { ClientFrame } from '@atrium/contracts';
import { newId } from '../ids.ts';

/** The room on the screen. The server tells who comes and goes there, but only from its answer on. */
export class FocusedRoom {
  #roomId: string | null = null;
  /** The question that has no answer yet. */
  #asking: string | undefined;

  constructor(private readonly send: (frame: ClientFrame<'focus'>) => void) {}

  set(roomId: string | null): void {
    this.#roomId = roomId;
    this.#ask();
  }

  /** A new socket knows of none. */
  introduce(): void {
    if (this.#roomId !== null) this.#ask();
  }

  /** A room that was joined a moment ago may be on the screen before the socket is let into it, which refuses it then. */
  entered(roomId: string): void {
    if (roomId === this.#roomId && this.#asking !== undefined) this.#ask();
  }

  /** @returns the room that the server has in focus by now, if this answers what was asked last */
  answered(id: string): string | undefined {
    if (id !== this.#asking) return undefined;
    this.#asking = undefined;
    return this.#roomId ?? undefined;
  }

  #ask(): void {
    const roomId = this.#roomId;
    this.#asking = newId();
    this.send({ event: 'focus', id: this.#asking, data: { roomId } });
  }
}
