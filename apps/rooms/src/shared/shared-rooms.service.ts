import type { OutputOf, rooms } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type SharedRoom = OutputOf<typeof rooms.sharedRooms>['items'][number];

const AT_MOST = 50;

@Injectable()
export class SharedRooms {
  constructor(private readonly em: EntityManager) {}

  /** Only of rooms that the actor is in. */
  async of(actorId: string, userId: string): Promise<SharedRoom[]> {
    return this.em.execute<SharedRoom[]>(
      `select r.id, r.name, r.visibility from members mine
         join members theirs on theirs.room_id = mine.room_id and theirs.user_id = ?
         join rooms r on r.id = mine.room_id
        where mine.user_id = ? and r.kind = 'room' and r.archived_at is null
        order by lower(r.name), r.id limit ?`,
      [userId, actorId, AT_MOST],
    );
  }
}
