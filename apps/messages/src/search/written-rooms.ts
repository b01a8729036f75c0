import { Injectable } from '@nestjs/common';

/** Rooms to whose logs this process added something that the search index may not have yet. */
@Injectable()
export class WrittenRooms {
  private rooms = new Set<string>();

  get isEmpty(): boolean {
    return this.rooms.size === 0;
  }

  add(roomId: string): void {
    this.rooms.add(roomId);
  }

  /** @returns the rooms, which are forgotten by it */
  takeAll(): string[] {
    const taken = [...this.rooms];
    this.rooms.clear();
    return taken;
  }
}
