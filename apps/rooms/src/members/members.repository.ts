import type { DirectoryUser, RoomRole } from '@atrium/contracts';
import { prepared, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** Who is in a room, with what they are called. */
export type MemberRow = {
  userId: string;
  username: string;
  displayName: string;
  avatarUrl: string | null;
  presence: DirectoryUser['presence'];
  role: RoomRole;
  joinedAt: Date;
  mutedUntil: Date | null;
  handRaisedAt: Date | null;
  bot: boolean;
};
export type MemberPlace = { rank: number; username: string };

const RANK = `case m.role when 'host' then 0 when 'moderator' then 1 else 2 end`;
const ROW = `m.user_id, m.role, m.joined_at, m.hand_raised_at, u.until as muted_until, p.username, p.display_name, p.avatar_url, p.presence, p.bot`;
const SOURCES = `members m join profiles p using (user_id)
  left join mutes u on u.room_id = m.room_id and u.user_id = m.user_id and u.until > now()`;

const membersOf = prepared<Pair>('members of rooms', 'select room_id, user_id from members where room_id = any(?::uuid[])');

type RawRow = {
  user_id: string;
  username: string;
  display_name: string;
  avatar_url: string | null;
  presence: DirectoryUser['presence'];
  role: RoomRole;
  joined_at: Date | string;
  muted_until: Date | string | null;
  hand_raised_at: Date | string | null;
  bot: boolean;
};

/** Case and accents aside, as people look for names. */
const FOLDED_NAME = `lower(regexp_replace(normalize(p.display_name, NFKD), '[\\u0300-\\u036f]', '', 'g'))`;
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** Reads over members that join or aggregate. */
@Injectable()
export class MembersRepository {
  constructor(private readonly em: EntityManager) {}

  /** Host first, then moderators, then members, by username within each. */
  async page(roomId: string, options: { query: string; after?: MemberPlace; limit: number }): Promise<MemberRow[]> {
    const pattern = `%${fold(options.query).replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.em.execute<RawRow[]>(
      `select ${ROW} from ${SOURCES}
       where m.room_id = ? and (p.username like ? or ${FOLDED_NAME} like ?)
         and (${RANK}, p.username) > (?, ?)
       order by ${RANK}, p.username limit ?`,
      [roomId, pattern, pattern, options.after?.rank ?? -1, options.after?.username ?? '', options.limit],
    );
    return rows.map(toRow);
  }

  async find(roomId: string, userId: string): Promise<MemberRow | null> {
    const rows = await this.em.execute<RawRow[]>(`select ${ROW} from ${SOURCES} where m.room_id = ? and m.user_id = ?`, [roomId, userId]);
    return rows[0] ? toRow(rows[0]) : null;
  }

  /** Those of these people who are in the room. */
  async among(roomId: string, userIds: readonly string[]): Promise<MemberRow[]> {
    const rows = await this.em.execute<RawRow[]>(
      `select ${ROW} from ${SOURCES} where m.room_id = ? and m.user_id = any(?::uuid[]) order by ${RANK}, p.username`,
      [roomId, uuidArray(userIds)],
    );
    return rows.map(toRow);
  }

  /** Everyone in each of these rooms. */
  async userIdsIn(roomIds: readonly string[]): Promise<Map<string, string[]>> {
    if (roomIds.length === 0) return new Map();
    const rows = await membersOf(this.em, [uuidArray(roomIds)]);
    return group(
      rows,
      (row) => row.room_id,
      (row) => row.user_id,
    );
  }

  /** The direct rooms that each of these users is in. */
  async directRoomIdsOf(userIds: readonly string[]): Promise<Map<string, string[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.em.execute<Pair[]>(
      `select m.room_id, m.user_id from members m join rooms r on r.id = m.room_id and r.kind = 'direct' where m.user_id = any(?::uuid[])`,
      [uuidArray(userIds)],
    );
    return group(
      rows,
      (row) => row.user_id,
      (row) => row.room_id,
    );
  }

  /** The rooms, archived ones aside, that each of these users is in. */
  async roomIdsOf(userIds: readonly string[]): Promise<Map<string, string[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.em.execute<Pair[]>(
      `select m.room_id, m.user_id from members m join rooms r on r.id = m.room_id
       where m.user_id = any(?::uuid[]) and r.archived_at is null`,
      [uuidArray(userIds)],
    );
    return group(
      rows,
      (row) => row.user_id,
      (row) => row.room_id,
    );
  }
}

type Pair = { room_id: string; user_id: string };

export const placeOf = (row: MemberRow): [number, string] => [['host', 'moderator', 'member'].indexOf(row.role), row.username];

function group<R>(rows: readonly R[], keyOf: (row: R) => string, valueOf: (row: R) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const values = groups.get(keyOf(row));
    if (values) values.push(valueOf(row));
    else groups.set(keyOf(row), [valueOf(row)]);
  }
  return groups;
}

function toRow(raw: RawRow): MemberRow {
  return {
    userId: raw.user_id,
    username: raw.username,
    displayName: raw.display_name,
    avatarUrl: raw.avatar_url,
    presence: raw.presence,
    role: raw.role,
    joinedAt: new Date(raw.joined_at),
    mutedUntil: raw.muted_until === null ? null : new Date(raw.muted_until),
    handRaisedAt: raw.hand_raised_at === null ? null : new Date(raw.hand_raised_at),
    bot: raw.bot,
  };
}
