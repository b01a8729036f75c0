import { RoomPurge, removeRoomRows } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const AT_ONCE = 500;

/** Removes polls, reminders, keywords, webhooks and whatever else the bot keeps of a room. */
@Injectable()
export class PurgeBot extends RoomPurge {
  step(tx: EntityManager, { roomId }: { roomId: string }): Promise<boolean> {
    return removeRoomRows(tx, roomId, { keep: ['purges'], atMost: AT_ONCE });
  }
}
