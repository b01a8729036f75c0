import type { Signals } from '@atrium/bus';
import { messageSignals } from '@atrium/contracts';
import type { PoolClient } from 'pg';

export type Reopened = { room_id: string; user_id: string };

/** In the transaction that stores messages in these direct rooms. */
export async function reopenRooms(client: PoolClient, roomIds: readonly string[]): Promise<Reopened[]> {
  if (roomIds.length === 0) return [];
  return (
    await client.query<Reopened>({
      name: 'reopen-rooms',
      text: 'delete from hidden_rooms where room_id = any($1::uuid[]) returning room_id, user_id',
      values: [roomIds],
    })
  ).rows;
}

/** Tells the devices of who had hidden these rooms that they are in their list again. */
export function tellReopened(signals: Signals, reopened: readonly Reopened[]): void {
  for (const [roomId, rows] of Map.groupBy(reopened, (row) => row.room_id))
    signals.send(messageSignals.roomReopened, { roomId, userIds: rows.map((row) => row.user_id) });
}
