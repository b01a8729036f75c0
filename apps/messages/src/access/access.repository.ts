import type { RoomKind, RoomRole } from '@atrium/contracts';
import { prepared, type SavedMember } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Horizon } from '../log/horizon.ts';

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

type AccessRow = {
  role: RoomRole;
  muted_until: string | null;
  joined_seq: number;
  joined_at: string;
  history_visibility: string;
  archived: boolean;
};

const accessOf = prepared<AccessRow>(
  'access to a room',
  `select a.role, a.muted_until, a.joined_seq, a.joined_at, r.history_visibility, r.archived_at is not null as archived
     from access a join rooms r on r.id = a.room_id
    where a.room_id = ? and a.user_id = ? and a.removed_at is null`,
);

/** The copy of memberships as the log needs it: since which entry each member may see it. */
@Injectable()
export class AccessRepository {
  async find(em: EntityManager, roomId: string, userId: string): Promise<Access | null> {
    const [row] = await accessOf(em, [roomId, userId]);
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

  async findEditWindow(em: EntityManager, roomId: string): Promise<number | null> {
    const [row] = await em.execute<{ edit_window_seconds: number | null }[]>('select edit_window_seconds from rooms where id = ?', [
      roomId,
    ]);
    return row?.edit_window_seconds ?? null;
  }

  /** A room is of one kind for good. */
  async saveKind(tx: EntityManager, room: { id: string; kind: RoomKind }): Promise<void> {
    await tx.execute('update rooms set kind = ? where id = ? and kind <> ?', [room.kind, room.id, room.kind]);
  }

  /** @param known the number of the fact that says so; what is known from a later one stays */
  async saveEditWindow(tx: EntityManager, room: { id: string; editWindowSeconds: number }, known: number): Promise<void> {
    await tx.execute('update rooms set edit_window_seconds = ? where id = ? and version = ?', [room.editWindowSeconds, room.id, known]);
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

  /** @param seq the first entry of this membership; what is known of the same joining already may only be earlier */
  async markJoined(tx: EntityManager, { roomId, userId, saved }: SavedMember, seq: number): Promise<void> {
    if (saved === 'older') return;
    const first = saved === 'began' ? '?::integer' : 'least(joined_seq, ?)';
    await tx.execute(`update access set joined_seq = ${first} where room_id = ? and user_id = ?`, [seq, roomId, userId]);
  }
}
