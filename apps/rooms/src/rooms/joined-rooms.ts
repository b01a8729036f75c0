import { prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { OwnPlace, ShownRoom } from './room.mapper.ts';

type Row = Omit<ShownRoom, 'createdAt' | 'archivedAt'> & {
  createdAt: string;
  role: OwnPlace['member']['role'];
  joinedAt: string;
  favourite: boolean;
  mutedUntil: string | null;
  muteReason: string | null;
};

/**
 * Asked by each socket and each list: one statement, and no entities, which took half of what this process did when many came
 * back at once.
 * An archived room is in nobody's list; its members still find it by its id.
 */
const joinedRooms = prepared<Row>(
  'rooms of a member',
  `select r.id, r.kind, r.name, r.topic, r.description, r.visibility, r.password_hash as "passwordHash", r.locked, r.lobby,
          r.bot_enabled as "botEnabled", r.slow_mode_seconds as "slowModeSeconds", r.who_can_post as "whoCanPost",
          r.history_visibility as "historyVisibility", r.removed_can_rejoin as "removedCanRejoin",
          r.edit_window_seconds as "editWindowSeconds", r.max_members as "maxMembers", r.host_id as "hostId",
          r.acting_host_id as "actingHostId", r.host_away_days as "hostAwayDays", r.link_key as "linkKey",
          r.member_count as "memberCount", r.created_at as "createdAt",
          m.role, m.joined_at as "joinedAt", m.favourite, u.until as "mutedUntil", u.reason as "muteReason"
     from members m
     join rooms r on r.id = m.room_id and r.archived_at is null
     left join mutes u on u.room_id = m.room_id and u.user_id = m.user_id and u.until > now()
    where m.user_id = ?
    order by r.last_activity_at desc, r.id desc`,
);

/** The rooms that somebody is in, latest activity first, and how they stand in each. */
export async function findJoined(em: EntityManager, userId: string): Promise<{ room: ShownRoom; place: OwnPlace }[]> {
  const rows = await joinedRooms(em, [userId]);
  return rows.map(({ role, joinedAt, favourite, mutedUntil, muteReason, ...room }) => ({
    room: { ...room, createdAt: new Date(room.createdAt), archivedAt: null },
    place: {
      member: { userId, role, joinedAt: new Date(joinedAt), favourite },
      mute: mutedUntil === null ? null : { until: new Date(mutedUntil), reason: muteReason },
    },
  }));
}
