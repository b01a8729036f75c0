import type { RoomRole, RoomSettings } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type RoomState = Pick<RoomSettings, 'whoCanPost' | 'historyVisibility'> & {
  id: string;
  archivedAt: string | null;
};
export type MemberState = { userId: string; role: RoomRole; joinedAt: string; mutedUntil: string | null };

/** The projection of membership. Every write is guarded by the room's version: what is older changes nothing. */
@Injectable()
export class AccessRepository {
  async putRoom(tx: EntityManager, room: RoomState, version: number): Promise<void> {
    await tx.execute(
      `insert into access_rooms (room_id, version, who_can_post, history_visibility, archived_at)
       values (?, ?, ?, ?, ?)
       on conflict (room_id) do update set version = excluded.version, who_can_post = excluded.who_can_post,
         history_visibility = excluded.history_visibility, archived_at = excluded.archived_at
       where access_rooms.version < excluded.version`,
      [room.id, version, room.whoCanPost, room.historyVisibility, room.archivedAt],
    );
  }

  async archiveRoom(tx: EntityManager, roomId: string, archivedAt: string, version: number): Promise<void> {
    await tx.execute('update access_rooms set archived_at = ?, version = ? where room_id = ? and version < ?', [
      archivedAt,
      version,
      roomId,
      version,
    ]);
  }

  async putMember(tx: EntityManager, roomId: string, member: MemberState, version: number): Promise<void> {
    await tx.execute(
      `insert into access_members (room_id, user_id, version, present, role, joined_at, muted_until)
       values (?, ?, ?, true, ?, ?, ?)
       on conflict (room_id, user_id) do update set version = excluded.version, present = true, role = excluded.role,
         joined_at = excluded.joined_at, muted_until = excluded.muted_until
       where access_members.version < excluded.version`,
      [roomId, member.userId, version, member.role, member.joinedAt, member.mutedUntil],
    );
  }

  /** Keeps a row even for someone unknown, so that their join, should it arrive later, is seen to be older. */
  async removeMember(tx: EntityManager, roomId: string, userId: string, version: number): Promise<void> {
    await tx.execute(
      `insert into access_members (room_id, user_id, version, present, role, joined_at)
       values (?, ?, ?, false, 'member', now())
       on conflict (room_id, user_id) do update set version = excluded.version, present = false, role = 'member', muted_until = null
       where access_members.version < excluded.version`,
      [roomId, userId, version],
    );
  }

  async setRole(tx: EntityManager, who: { roomId: string; userId: string; role: RoomRole }, version: number): Promise<void> {
    await tx.execute('update access_members set role = ?, version = ? where room_id = ? and user_id = ? and present and version < ?', [
      who.role,
      version,
      who.roomId,
      who.userId,
      version,
    ]);
  }
}
