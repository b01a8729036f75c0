import type { Room } from '@atrium/contracts';

/** A burst of changes is answered a few times, not once for each. */
const PAUSE_MS = 300;

type Ends = {
  fetch: (roomId: string) => Promise<Room | undefined>;
  /** @returns whether the answer was new enough */
  take: (room: Room) => boolean;
  pause?: () => Promise<void>;
};

/**
 * Rooms that have to be read again, because only the server can say how they stand. What changes while an answer is on
 * its way may be missing in it, so then it is asked for once more.
 */
export class RoomReloads {
  readonly #underWay = new Map<string, { again: boolean }>();
  readonly #ends: Ends;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** Resolves when the room stands as the server tells it, or cannot be read. */
  async ask(roomId: string): Promise<void> {
    const running = this.#underWay.get(roomId);
    if (running) {
      running.again = true;
      return;
    }
    const reload = { again: false };
    this.#underWay.set(roomId, reload);
    try {
      while (await this.#isBehind(roomId, reload)) await (this.#ends.pause ?? pause)();
    } finally {
      this.#underWay.delete(roomId);
    }
  }

  async #isBehind(roomId: string, reload: { again: boolean }): Promise<boolean> {
    reload.again = false;
    const room = await this.#ends.fetch(roomId).catch(() => undefined);
    return (room !== undefined && !this.#ends.take(room)) || reload.again;
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));
