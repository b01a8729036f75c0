import { Signals } from '@atrium/bus';
import { messageSignals } from '@atrium/contracts';
import { prepared, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { tellReopened, type Reopened } from './reopened-rooms.ts';

const hiddenAmong = prepared<{ room_id: string }>(
  'hidden rooms',
  'select room_id from hidden_rooms where user_id = ? and room_id = any(?::uuid[])',
);

/** Direct rooms that somebody has left: hidden from their list until the next message. */
@Injectable()
export class HiddenRoomsService {
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
      tellReopened(this.signals, rows);
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
    const rows = await hiddenAmong(this.em, [userId, uuidArray(roomIds)]);
    return new Set(rows.map((row) => row.room_id));
  }
}
