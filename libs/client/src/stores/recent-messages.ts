import type { Message } from '@atrium/contracts';

/** Counts that were made elsewhere are rarely further behind. */
const MOST = 100;

/** What was said in each room since its counts were read, or the last of it. */
export class RecentMessages {
  readonly #rooms = new Map<string, { from: number; messages: Message[] }>();

  /** Everything after `seq` will be added. */
  begin(roomId: string, seq: number): void {
    this.#rooms.set(roomId, { from: seq, messages: [] });
  }

  add(roomId: string, message: Message): void {
    const room = this.#rooms.get(roomId);
    if (room?.messages.push(message) !== MOST + 1) return;
    room.from = room.messages.shift()!.seq;
  }

  /** @returns undefined where not all of it is known any more */
  after(roomId: string, seq: number): readonly Message[] | undefined {
    const room = this.#rooms.get(roomId);
    return room && seq >= room.from ? room.messages.filter((message) => message.seq > seq) : undefined;
  }

  clear(): void {
    this.#rooms.clear();
  }
}
