import { PreferencesInput, type NotifyLevel, type Preferences, type RoomNotify } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Level = RoomNotify & { notify: NotifyLevel };

@Injectable()
export class PreferencesRepository {
  async find(em: EntityManager, userId: string): Promise<Preferences> {
    return (await this.findMany(em, [userId])).get(userId) ?? PreferencesInput.parse({});
  }

  /** Of those who ever said anything. */
  async findMany(em: EntityManager, userIds: readonly string[]): Promise<Map<string, Preferences>> {
    const rows = await em.execute<{ user_id: string; document: unknown }[]>(
      'select user_id, document from preferences where user_id = any(?::uuid[])',
      [uuidArray(userIds)],
    );
    return new Map(rows.map((row) => [row.user_id, PreferencesInput.parse(row.document)]));
  }

  async save(em: EntityManager, userId: string, preferences: Preferences): Promise<void> {
    await em.execute(
      `insert into preferences (user_id, document) values (?, ?::jsonb) on conflict (user_id) do update set document = excluded.document`,
      [userId, JSON.stringify(preferences)],
    );
  }

  async saveLevel(em: EntityManager, userId: string, roomId: string, { level, until }: RoomNotify): Promise<void> {
    if (level === 'default')
      return void (await em.execute('delete from notify_levels where room_id = ? and user_id = ?', [roomId, userId]));
    await em.execute(
      `insert into notify_levels (room_id, user_id, level, until) values (?, ?, ?, ?)
       on conflict (room_id, user_id) do update set level = excluded.level, until = excluded.until, since = now()`,
      [roomId, userId, level, until ?? null],
    );
  }

  /** How a person stands with these rooms, as far as they have said so. */
  async findLevels(em: EntityManager, userId: string, roomIds: readonly string[]): Promise<Map<string, Level>> {
    const { notify } = await this.find(em, userId);
    const rows = await em.execute<{ room_id: string; level: NotifyLevel; until: string | null }[]>(
      `select room_id, level, until from notify_levels where user_id = ? and room_id = any(?::uuid[]) and (until is null or until > now())`,
      [userId, uuidArray(roomIds)],
    );
    const own = new Map(rows.map((row) => [row.room_id, row]));
    return new Map(
      roomIds.map((roomId) => {
        const { level, until } = own.get(roomId) ?? { level: undefined, until: null };
        return [
          roomId,
          { notify: level ?? notify, level: level ?? 'default', ...(until !== null && { until: new Date(until).toISOString() }) },
        ];
      }),
    );
  }
}
