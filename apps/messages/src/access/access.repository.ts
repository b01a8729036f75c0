import type { OutputOf, PayloadOf, RoomRole, roomEvents, rooms } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Horizon } from '../log/horizon.ts';

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
  horizon: Horizon;
  archived: boolean;
};

/** The projection of membership that the rooms service feeds. Newer versions win, whatever order events come in. */
@Injectable()
export class AccessRepository {
  async find(em: EntityManager, roomId: string, userId: string): Promise<Access | null> {
    const [row] = await em.execute<
      { role: RoomRole; muted_until: string | null; joined_seq: number; joined_at: string; history_visibility: string; archived: boolean }[]
    >(
      `select a.role, a.muted_until, a.joined_seq, a.joined_at, r.history_visibility, r.archived_at is not null as archived
         from access a join rooms r on r.id = a.room_id
        where a.room_id = ? and a.user_id = ? and a.removed_at is null`,
      [roomId, userId],
    );
    if (!row) return null;
    const horizon = row.history_visibility === 'since_join' ? { seq: row.joined_seq, at: new Date(row.joined_at) } : null;
    return {
      roomId,
      userId,
      role: row.role,
      mutedUntil: row.muted_until ? new Date(row.muted_until) : null,
      joinedSeq: row.joined_seq,
      visibleFrom: horizon?.seq ?? 0,
      horizon,
      archived: row.archived,
    };
  }

  /** The horizon of whoever came last: what is shown to everyone in the room at once is shown to that person too. */
  async findHorizonOfAll(em: EntityManager, roomId: string): Promise<Horizon> {
    const [row] = await em.execute<{ seq: number | null; at: string | null }[]>(
      `select max(a.joined_seq) as seq, max(a.joined_at) as at
         from access a join rooms r on r.id = a.room_id
        where a.room_id = ? and a.removed_at is null and r.history_visibility = 'since_join'`,
      [roomId],
    );
    return row?.seq == null || row.at === null ? null : { seq: row.seq, at: new Date(row.at) };
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
      change.role,
      change.version,
      change.roomId,
      change.userId,
      change.version,
    ]);
  }

  /** Keeps a row even for someone unknown, so that their joining, should it arrive later, is seen to be older. */
  async remove(
    tx: EntityManager,
    removed: Pick<PayloadOf<typeof roomEvents.memberRemoved>, 'roomId' | 'userId' | 'version' | 'at'>,
  ): Promise<void> {
    await tx.execute(
      `insert into access (room_id, user_id, username, role, joined_at, joined_seq, removed_at, version) values (?, ?, '', 'member', ?, 0, ?, ?)
       on conflict (room_id, user_id) do update set removed_at = excluded.removed_at, version = excluded.version
       where access.version < excluded.version`,
      [removed.roomId, removed.userId, removed.at, removed.at, removed.version],
    );
  }

  async archive(tx: EntityManager, archived: { roomId: string; archivedAt: string; version: number }): Promise<void> {
    await tx.execute('update rooms set archived_at = ?, version = ? where id = ? and version < ?', [
      archived.archivedAt,
      archived.version,
      archived.roomId,
      archived.version,
    ]);
  }
}
