import { RoomPurge, removeRoomRows, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** Few enough that nobody waits for the rows. */
const AT_ONCE = 500;
/** What hangs on a message alone. */
const OF_MESSAGES = ['message_versions', 'reactions', 'preview_images'];
/** `files` follows the facts of the files service, which tells of each that it is gone. */
const KEEP = ['messages', 'files', 'purges'];

/** Removes what was written in a room: from the newest message back, then the rest. */
@Injectable()
export class PurgeMessages extends RoomPurge {
  async step(tx: EntityManager, { roomId }: { roomId: string }): Promise<boolean> {
    const rows = await tx.execute<{ id: string }[]>('select id from messages where room_id = ? order by seq desc limit ?', [
      roomId,
      AT_ONCE,
    ]);
    if (rows.length > 0) {
      const ids = `{${rows.map(({ id }) => id).join(',')}}`;
      for (const table of OF_MESSAGES) await tx.execute(`delete from ${table} where message_id = any(?::uuid[])`, [ids]);
      await tx.execute('delete from messages where id = any(?::uuid[])', [ids]);
      return false;
    }
    await tx.execute(`update files set name = '' where room_id = ?`, [roomId]);
    // Waits for an index that is just reading what was written before.
    await tx.execute('select 1 from rooms where id = ? for update', [roomId]);
    return removeRoomRows(tx, roomId, { keep: KEEP, atMost: AT_ONCE });
  }

  override async countLeft(em: EntityManager, roomIds: readonly string[]): Promise<Map<string, number>> {
    const counts = await em.execute<{ room_id: string; left: number }[]>(
      `select room_id, count(*)::int "left" from messages where room_id = any(?::uuid[]) group by room_id`,
      [uuidArray(roomIds)],
    );
    return new Map(counts.map((row) => [row.room_id, row.left]));
  }
}
