import type { AdminMember, AdminRoom, ParsedInputOf, rooms } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type RoomFilter = Omit<ParsedInputOf<typeof rooms.adminRooms>, 'limit' | 'cursor'> & { before: string | undefined };
type MemberFilter = Omit<ParsedInputOf<typeof rooms.adminMembers>, 'limit' | 'cursor'> & { after: [string, string] | undefined };
type RoomRow = Omit<AdminRoom, 'createdAt' | 'lastActivityAt' | 'archivedAt'> & {
  createdAt: string;
  lastActivityAt: string;
  archivedAt: string | null;
};
type MemberRow = Omit<AdminMember, 'joinedAt'> & { joinedAt: string };

const ROOMS = `
  select r.id, r.kind, r.name, r.topic, r.visibility, r.password_hash is not null "hasPassword", r.locked, r.member_count "memberCount",
         r.host_id "hostId", p.username "hostUsername", r.created_by "createdBy", r.created_at "createdAt",
         r.last_activity_at "lastActivityAt", r.archived_at "archivedAt"
    from rooms r left join profiles p on p.user_id = r.host_id`;

/** Rooms and memberships as admins see them: all of them, whoever is in. */
@Injectable()
export class AdminRepository {
  /** The latest made first. */
  async rooms(em: EntityManager, filter: RoomFilter, limit: number): Promise<AdminRoom[]> {
    const { query, visibility = null, archived = null, hostless = null, before = null, roomIds } = filter;
    const among = roomIds === undefined ? null : uuidArray(roomIds);
    const pattern = patternOf(query);
    const rows = await em.execute<RoomRow[]>(
      `${ROOMS}
        where r.purged_at is null and (lower(r.name) like ? or lower(r.topic) like ? or r.id::text = ?)
          and (?::uuid[] is null or r.id = any(?::uuid[])) and (?::text is null or r.visibility = ?) and (?::boolean is null or (r.archived_at is not null) = ?)
          and (?::boolean is null or (r.host_id is null and r.kind = 'room') = ?) and (?::uuid is null or r.id < ?)
        order by r.id desc limit ?`,
      [
        pattern,
        pattern,
        query.toLowerCase(),
        among,
        among,
        visibility,
        visibility,
        archived,
        archived,
        hostless,
        hostless,
        before,
        before,
        limit,
      ],
    );
    return rows.map(toAdminRoom);
  }

  async room(em: EntityManager, roomId: string): Promise<AdminRoom | undefined> {
    const [row] = await em.execute<RoomRow[]>(`${ROOMS} where r.id = ? and r.purged_at is null`, [roomId]);
    return row && toAdminRoom(row);
  }

  async members(em: EntityManager, { query, after, ...filter }: MemberFilter, limit: number): Promise<AdminMember[]> {
    const pattern = patternOf(query);
    const [roomId, userId] = [filter.roomId ?? null, filter.userId ?? null];
    const afterRoom = after?.[0] ?? null;
    const afterUser = after?.[1] ?? null;
    const rows = await em.execute<MemberRow[]>(
      `select m.room_id "roomId", r.name "roomName", m.user_id "userId", p.username, p.display_name "displayName", m.role, m.joined_at "joinedAt"
         from members m join rooms r on r.id = m.room_id join profiles p on p.user_id = m.user_id
        where (p.username like ? or lower(p.display_name) like ?)
          and (?::uuid is null or m.room_id = ?) and (?::uuid is null or m.user_id = ?)
          and (?::uuid is null or (m.room_id, m.user_id) > (?, ?::uuid))
        order by m.room_id, m.user_id limit ?`,
      [pattern, pattern, roomId, roomId, userId, userId, afterRoom, afterRoom, afterUser, limit],
    );
    return rows.map((row) => ({ ...row, joinedAt: new Date(row.joinedAt).toISOString() }));
  }
}

const patternOf = (query: string) => `%${query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

const toAdminRoom = (row: RoomRow): AdminRoom => ({
  ...row,
  createdAt: new Date(row.createdAt).toISOString(),
  lastActivityAt: new Date(row.lastActivityAt).toISOString(),
  archivedAt: row.archivedAt === null ? null : new Date(row.archivedAt).toISOString(),
});
