import { Signals } from '@atrium/bus';
import { messageSignals } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { AccessService } from '../access/access.service.ts';

export type Reopened = { room_id: string; user_id: string };

/** Direct rooms that somebody has left: hidden from their list until the next message. */
@Injectable()
export class HiddenRooms {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly signals: Signals,
  ) {}

  async set(actorId: string, { roomId, hidden }: { roomId: string; hidden: boolean }): Promise<Record<string, never>> {
    await this.access.requireMember(roomId, actorId);
    if (!hidden) {
      const rows = await this.em.execute<Reopened[]>(
        'delete from hidden_rooms where room_id = ? and user_id = ? returning room_id, user_id',
        [roomId, actorId],
      );
      this.tellReopened(rows);
      return {};
    }
    await this.em.execute(
      `insert into hidden_rooms (room_id, user_id) select id, ? from rooms where id = ? and kind = 'direct' on conflict do nothing`,
      [actorId, roomId],
    );
    this.signals.send(messageSignals.roomHidden, { userId: actorId, roomId });
    return {};
  }

  async among(userId: string, roomIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.em.execute<{ room_id: string }[]>(
      'select room_id from hidden_rooms where user_id = ? and room_id = any(?::uuid[])',
      [userId, uuidArray(roomIds)],
    );
    return new Set(rows.map((row) => row.room_id));
  }

  tellReopened(reopened: readonly Reopened[]): void {
    for (const [roomId, rows] of Map.groupBy(reopened, (row) => row.room_id))
      this.signals.send(messageSignals.roomReopened, { roomId, userIds: rows.map((row) => row.user_id) });
  }
}

/** In the transaction that stores messages in these direct rooms. */
export async function reopenRooms(client: PoolClient, roomIds: readonly string[]): Promise<Reopened[]> {
  if (roomIds.length === 0) return [];
  return (await client.query<Reopened>('delete from hidden_rooms where room_id = any($1::uuid[]) returning room_id, user_id', [roomIds]))
    .rows;
}
