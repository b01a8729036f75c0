import type { OutputOf, PayloadOf, RoomRole, roomEvents, rooms } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Membership = OutputOf<typeof rooms.getMembership>;
export type RoomState = Membership['room'];
export type MemberState = NonNullable<Membership['member']>;

/** What this service knows of one person in one room. `visibleFrom` is the first `seq` the person may see. */
export type Access = {
  roomId: string;
  userId: string;
  role: RoomRole;
  mutedUntil: Date | null;
  joinedSeq: number;
  visibleFrom: number;
  archived: boolean;
};

/** The projection of membership that the rooms service feeds. Newer versions win, whatever order events come in. */
@Injectable()
export class AccessRepository {
  async find(em: EntityManager, roomId: string, userId: string): Promise<Access | null> {
    const [row] = await em.execute<{ role: RoomRole; muted_until: string | null; joined_seq: number; history_visibility: string; archived: boolean }[]>(
      `select a.role, a.muted_until, a.joined_seq, r.history_visibility, r.archived_at is not null as archived
         from access a join rooms r on r.id = a.room_id
        where a.room_id = ? and a.user_id = ? and a.removed_at is null`,
      [roomId, userId],
    );
    if (!row) return null;
    return {
      roomId,
      userId,
      role: row.role,
      mutedUntil: row.muted_until ? new Date(row.muted_until) : null,
      joinedSeq: row.joined_seq,
      visibleFrom: row.history_visibility === 'since_join' ? row.joined_seq : 0,
      archived: row.archived,
    };
  }

  async saveRoom(tx: EntityManager, room: RoomState, version: number): Promise<void> {
    await tx.execute(
      `insert into rooms (id, version, visibility, who_can_post, slow_mode_seconds, history_visibility, archived_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set version = excluded.version, visibility = excluded.visibility, who_can_post = excluded.who_can_post,
         slow_mode_seconds = excluded.slow_mode_seconds, history_visibility = excluded.history_visibility, archived_at = excluded.archived_at
       where rooms.version < excluded.version`,
      [room.id, version, room.visibility, room.whoCanPost, room.slowModeSeconds, room.historyVisibility, room.archivedAt],
    );
  }

  /** @param joinedSeq the first entry of this membership; a later call for the same joining keeps the earlier one */
  async saveMember(tx: EntityManager, member: { roomId: string; version: number; joinedSeq: number } & MemberState): Promise<void> {
    await tx.execute(
      `insert into access (room_id, user_id, username, role, muted_until, joined_at, joined_seq, version) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (room_id, user_id) do update set username = excluded.username, role = excluded.role, muted_until = excluded.muted_until,
         joined_seq = case when access.joined_at = excluded.joined_at and access.removed_at is null then least(access.joined_seq, excluded.joined_seq) else excluded.joined_seq end,
         joined_at = excluded.joined_at, removed_at = null, version = excluded.version
       where access.version <= excluded.version`,
      [member.roomId, member.userId, member.username, member.role, member.mutedUntil, member.joinedAt, member.joinedSeq, member.version],
    );
  }

  async setRole(tx: EntityManager, change: { roomId: string; userId: string; role: RoomRole; version: number }): Promise<void> {
    await tx.execute('update access set role = ?, version = ? where room_id = ? and user_id = ? and version <= ?', [
      change.role, change.version, change.roomId, change.userId, change.version,
    ]);
  }

  async remove(tx: EntityManager, removed: Pick<PayloadOf<typeof roomEvents.memberRemoved>, 'roomId' | 'userId' | 'version' | 'at'>): Promise<void> {
    await tx.execute('update access set removed_at = ?, version = ? where room_id = ? and user_id = ? and version < ?', [
      removed.at, removed.version, removed.roomId, removed.userId, removed.version,
    ]);
  }

  async archive(tx: EntityManager, roomId: string, archivedAt: string): Promise<void> {
    await tx.execute('update rooms set archived_at = ? where id = ?', [archivedAt, roomId]);
  }
}
