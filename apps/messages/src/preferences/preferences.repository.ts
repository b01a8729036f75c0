import { Preferences, type NotifyLevel, type RoomNotify } from '@atrium/contracts';
import { oneAtATime, prepared, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Level = RoomNotify & { notify: NotifyLevel };
type Row = { user_id: string; document: object; version: string };

const AT_FIRST = { notify: 'all', sound: true, push: true, pushPreview: 'sender', version: 0 } satisfies Preferences;

const toPreferences = ({ document, version }: Row): Preferences =>
  Preferences.parse({ ...AT_FIRST, ...document, version: Number(version) });

const preferencesOf = prepared<Row>('preferences', 'select user_id, document, version from preferences where user_id = any(?::uuid[])');
const levelsOf = prepared<{ room_id: string; level: NotifyLevel; until: string | null }>(
  'notification levels of rooms',
  'select room_id, level, until from notify_levels where user_id = ? and room_id = any(?::uuid[]) and (until is null or until > now())',
);

@Injectable()
export class PreferencesRepository {
  async find(em: EntityManager, userId: string): Promise<Preferences> {
    return (await this.findMany(em, [userId])).get(userId) ?? AT_FIRST;
  }

  /** Of those who ever said anything. */
  async findMany(em: EntityManager, userIds: readonly string[]): Promise<Map<string, Preferences>> {
    const rows = await preferencesOf(em, [uuidArray(userIds)]);
    return new Map(rows.map((row) => [row.user_id, toPreferences(row)]));
  }

  /** What somebody prefers, until the end of the transaction changed by nobody else. */
  async lock(tx: EntityManager, userId: string): Promise<Preferences> {
    await tx.execute(`insert into preferences (user_id, document, version) values (?, '{}', 0) on conflict do nothing`, [userId]);
    const [row] = await tx.execute<Row[]>('select user_id, document, version from preferences where user_id = ? for update', [userId]);
    return toPreferences(row!);
  }

  async save(tx: EntityManager, userId: string, { version, ...document }: Preferences): Promise<void> {
    await tx.execute('update preferences set document = ?::jsonb, version = ? where user_id = ?', [
      JSON.stringify(document),
      version,
      userId,
    ]);
  }

  /** Until the end of the transaction nobody else changes this level. @returns what is greater the later it is locked */
  async lockLevel(tx: EntityManager, userId: string, roomId: string): Promise<number> {
    await oneAtATime(tx, `notify ${userId} ${roomId}`);
    const [row] = await tx.execute<{ version: string }[]>(
      `select floor(extract(epoch from clock_timestamp()) * 1000000)::bigint "version"`,
    );
    return Number(row!.version);
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
    const rows = await levelsOf(em, [userId, uuidArray(roomIds)]);
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
