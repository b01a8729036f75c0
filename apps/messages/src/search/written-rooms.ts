import { Injectable } from '@nestjs/common';

/** Rooms to whose logs this process added something that the search index may not have yet. */
@Injectable()
export class WrittenRooms {
  private rooms = new Set<string>();

  add(roomId: string): void {
    this.rooms.add(roomId);
  }

  /** @returns so many rooms, which are forgotten by it */
  take(limit: number): string[] {
    const taken = [...this.rooms].slice(0, limit);
    for (const roomId of taken) this.rooms.delete(roomId);
    return taken;
  }
}
