import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

@Injectable()
export class BotsRepository {
  /** Those of these members who are people. */
  async peopleAmong<T extends { userId: string }>(em: EntityManager, members: readonly T[]): Promise<T[]> {
    const rows = await em.execute<{ userId: string }[]>('select user_id "userId" from profiles where bot and user_id = any(?::uuid[])', [
      uuidArray(members.map(({ userId }) => userId)),
    ]);
    const bots = new Set(rows.map(({ userId }) => userId));
    return members.filter(({ userId }) => !bots.has(userId));
  }
}
