import { AppError } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';

/** So many read what they need while one of them holds the room. */
const AT_ONCE = 4;

/**
 * Those who come to one room, or leave it, at the same moment do so a few at a time. Its lock lets no two in anyway, and
 * who waits for a lock holds a connection to the database which people in other rooms need.
 */
@Injectable()
export class DoorQueue {
  private readonly doors = new Map<string, { few: LimitFunction; here: number }>();

  /** @throws AppError `deadline_exceeded` where it is too late before it begins: nobody waits for the answer any more */
  async pass<T>(roomId: string, deadlineAt: number, work: () => Promise<T>): Promise<T> {
    const door = this.doors.get(roomId) ?? { few: pLimit(AT_ONCE), here: 0 };
    this.doors.set(roomId, door);
    door.here += 1;
    try {
      return await door.few(() => {
        if (Date.now() >= deadlineAt) throw new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 });
        return work();
      });
    } finally {
      door.here -= 1;
      if (door.here === 0) this.doors.delete(roomId);
    }
  }
}
