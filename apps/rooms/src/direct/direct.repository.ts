import { uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { DirectUser } from './direct-user.ts';

/** Who is in direct rooms, with what they are called. */
@Injectable()
export class DirectRepository {
  constructor(private readonly em: EntityManager) {}

  /** By room, in the order of their names. */
  async peopleIn(roomIds: readonly string[]): Promise<Map<string, DirectUser[]>> {
    if (roomIds.length === 0) return new Map();
    const rows = await this.em.execute<(DirectUser & { roomId: string })[]>(
      `select m.room_id as "roomId", p.user_id as id, p.username, p.display_name as "displayName", p.avatar_url as "avatarUrl", p.presence
         from members m join profiles p using (user_id) where m.room_id = any(?::uuid[]) order by p.display_name, p.username`,
      [uuidArray(roomIds)],
    );
    return Map.groupBy(rows, (row) => row.roomId);
  }

  /** What each member of a room has set their presence to. */
  async presencesIn(roomId: string): Promise<Map<string, DirectUser['presence']>> {
    const rows = await this.em.execute<{ userId: string; presence: DirectUser['presence'] }[]>(
      `select p.user_id as "userId", p.presence from members m join profiles p using (user_id) where m.room_id = ?`,
      [roomId],
    );
    return new Map(rows.map((row) => [row.userId, row.presence]));
  }
}
