import type { OutputOf, RoomRole, RoomSettings, rooms } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type Answer = OutputOf<typeof rooms.getMembership>;
export type RoomState = Answer['room'];
export type MemberState = NonNullable<Answer['member']>;

/** How somebody stands in a room they are in, as far as this service was told. */
export type Standing = {
  roomId: string;
  userId: string;
  role: RoomRole;
  mutedUntil: Date | null;
  joinedAt: Date;
  whoCanPost: RoomSettings['whoCanPost'];
  historyVisibility: RoomSettings['historyVisibility'];
  archived: boolean;
};

/**
 * What is known of a row, and how. A fact is the last word on its own number, so it also writes over what an answer of
 * the same number said; an answer only fills in what no fact has told yet.
 */
export type Known = { version: number; by: 'fact' | 'answer' };
/** The newest row that this knowledge may write over. */
const writesOver = ({ version, by }: Known) => (by === 'fact' ? version : version - 1);

/** What became of a membership: new (or anew, after a removal), the same with other values, or older than what is known. */
export type Saved = 'began' | 'continued' | 'older';

/**
 * The copy of rooms and memberships, in the tables `rooms` and `access` of the service's own schema; `version` is the
 * number of the room's fact up to which a row is known. Whoever writes holds the room's row locked.
 */
@Injectable()
export class MembershipRepository {
  /** Null for who is not in the room, or whose room this service never heard of. */
  async find(em: EntityManager, roomId: string, userId: string): Promise<Standing | null> {
    const [row] = await em.execute<StandingRow[]>(
      `select a.role, a.muted_until, a.joined_at, r.who_can_post, r.history_visibility, r.archived_at
         from access a join rooms r on r.id = a.room_id
        where a.room_id = ? and a.user_id = ? and a.removed_at is null`,
      [roomId, userId],
    );
    if (!row) return null;
    return {
      roomId,
      userId,
      role: row.role,
      mutedUntil: row.muted_until === null ? null : new Date(row.muted_until),
      joinedAt: new Date(row.joined_at),
      whoCanPost: row.who_can_post,
      historyVisibility: row.history_visibility,
      archived: row.archived_at !== null,
    };
  }

  /** Locks the room against facts: for the one who takes one in, or shared, for those who rely on there coming none. */
  async lock(tx: EntityManager, roomId: string, how: 'for no key update' | 'for share'): Promise<void> {
    await tx.execute(`select 1 from rooms where id = ? ${how}`, [roomId]);
  }

  async saveRoom(tx: EntityManager, room: RoomState, known: Known): Promise<void> {
    await tx.execute(
      `insert into rooms (id, version, visibility, who_can_post, slow_mode_seconds, history_visibility, bot_enabled, archived_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set version = excluded.version, visibility = excluded.visibility, who_can_post = excluded.who_can_post,
         slow_mode_seconds = excluded.slow_mode_seconds, history_visibility = excluded.history_visibility,
         bot_enabled = excluded.bot_enabled, archived_at = excluded.archived_at
       where rooms.version <= ?`,
      [
        room.id,
        known.version,
        room.visibility,
        room.whoCanPost,
        room.slowModeSeconds,
        room.historyVisibility,
        room.botEnabled,
        room.archivedAt,
        writesOver(known),
      ],
    );
  }

  async archive(tx: EntityManager, roomId: string, archivedAt: string, known: Known): Promise<void> {
    await this.updateRoom(tx, roomId, 'archived_at', { value: archivedAt, known });
  }

  async setBotEnabled(tx: EntityManager, roomId: string, enabled: boolean, known: Known): Promise<void> {
    await this.updateRoom(tx, roomId, 'bot_enabled', { value: enabled, known });
  }

  async saveMember(tx: EntityManager, roomId: string, member: MemberState, known: Known): Promise<Saved> {
    const [row] = await tx.execute<{ continued: boolean }[]>(
      `with former as (select joined_at from access where room_id = ? and user_id = ? and removed_at is null)
       insert into access (room_id, user_id, username, role, muted_until, joined_at, version) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (room_id, user_id) do update set username = excluded.username, role = excluded.role,
         muted_until = excluded.muted_until, joined_at = excluded.joined_at, removed_at = null, version = excluded.version
       where access.version <= ?
       returning exists (select from former where former.joined_at = access.joined_at) as continued`,
      [
        roomId,
        member.userId,
        roomId,
        member.userId,
        member.username,
        member.role,
        member.mutedUntil,
        member.joinedAt,
        known.version,
        writesOver(known),
      ],
    );
    if (!row) return 'older';
    return row.continued ? 'continued' : 'began';
  }

  async setRole(tx: EntityManager, who: { roomId: string; userId: string; role: RoomRole }, known: Known): Promise<void> {
    await tx.execute('update access set role = ?, version = ? where room_id = ? and user_id = ? and removed_at is null and version <= ?', [
      who.role,
      known.version,
      who.roomId,
      who.userId,
      writesOver(known),
    ]);
  }

  async setMutedUntil(tx: EntityManager, who: { roomId: string; userId: string; mutedUntil: string | null }, known: Known): Promise<void> {
    await tx.execute(
      'update access set muted_until = ?, version = ? where room_id = ? and user_id = ? and removed_at is null and version <= ?',
      [who.mutedUntil, known.version, who.roomId, who.userId, writesOver(known)],
    );
  }

  /** Keeps a row even for someone unknown, so that an older answer cannot bring them back. */
  async remove(tx: EntityManager, who: { roomId: string; userId: string; at: string }, known: Known): Promise<void> {
    await tx.execute(
      `insert into access (room_id, user_id, username, role, joined_at, removed_at, version) values (?, ?, '', 'member', ?, ?, ?)
       on conflict (room_id, user_id) do update set removed_at = excluded.removed_at, version = excluded.version
       where access.version <= ?`,
      [who.roomId, who.userId, who.at, who.at, known.version, writesOver(known)],
    );
  }

  private async updateRoom(
    tx: EntityManager,
    roomId: string,
    column: 'archived_at' | 'bot_enabled',
    { value, known }: { value: string | boolean; known: Known },
  ): Promise<void> {
    await tx.execute(`update rooms set ${column} = ?, version = ? where id = ? and version <= ?`, [
      value,
      known.version,
      roomId,
      writesOver(known),
    ]);
  }
}

type StandingRow = {
  role: RoomRole;
  muted_until: string | null;
  joined_at: string;
  who_can_post: RoomSettings['whoCanPost'];
  history_visibility: RoomSettings['historyVisibility'];
  archived_at: string | null;
};
