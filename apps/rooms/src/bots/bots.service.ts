import { uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type BotMember = { userId: string; username: string; displayName: string };

/** Programs that are members: they are added by moderators, and never lead. */
@Injectable()
export class BotsService {
  constructor(private readonly em: EntityManager) {}

  /** The longest-serving first. */
  inRoom(roomId: string): Promise<BotMember[]> {
    return this.em.execute<BotMember[]>(
      `select p.user_id "userId", p.username, p.display_name "displayName" from members m join profiles p using (user_id)
        where m.room_id = ? and p.bot order by m.joined_at, m.user_id`,
      [roomId],
    );
  }

  /** Archived rooms aside. */
  roomsOf(botIds: readonly string[]): Promise<{ botId: string; id: string; name: string }[]> {
    return this.em.execute(
      `select m.user_id "botId", r.id, r.name from members m join rooms r on r.id = m.room_id join profiles p on p.user_id = m.user_id
        where m.user_id = any(?::uuid[]) and p.bot and r.archived_at is null order by r.name, r.id`,
      [uuidArray(botIds)],
    );
  }
}
