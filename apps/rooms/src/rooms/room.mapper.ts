import type { OutputOf, PayloadOf, RoomRecord, RoomSettings, roomEvents, rooms } from '@atrium/contracts';
import type { MemberEntity } from '../members/member.entity.ts';
import type { MuteEntity } from '../mutes/mute.entity.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import type { RoomEntity } from './room.entity.ts';

export type RoomState = PayloadOf<typeof roomEvents.memberJoined>['room'];

/** What is shown of a room. */
export type ShownRoom = Omit<RoomEntity, 'directKey' | 'version' | 'actingRevision' | 'lastActivityAt' | 'createdBy' | 'purgedAt'>;

/** The room as events tell it: nothing that depends on who looks, or on who is connected. */
export function toRoomState(room: ShownRoom): RoomState {
  return {
    id: room.id,
    kind: room.kind,
    ...toSettings(room),
    hasPassword: room.passwordHash !== null,
    hostId: room.hostId,
    createdAt: room.createdAt.toISOString(),
    archivedAt: room.archivedAt?.toISOString() ?? null,
  };
}

export function toSettings(room: ShownRoom): RoomSettings {
  return {
    name: room.name,
    topic: room.topic,
    description: room.description,
    visibility: room.visibility,
    locked: room.locked,
    lobby: room.lobby,
    botEnabled: room.botEnabled,
    slowModeSeconds: room.slowModeSeconds,
    whoCanPost: room.whoCanPost,
    historyVisibility: room.historyVisibility,
    removedCanRejoin: room.removedCanRejoin,
    editWindowSeconds: room.editWindowSeconds,
    maxMembers: room.maxMembers,
    hostAwayDays: room.hostAwayDays,
  };
}

/** How one caller stands in a room. */
export type OwnPlace = {
  member: Pick<MemberEntity, 'userId' | 'role' | 'joinedAt' | 'favourite'>;
  mute: Pick<MuteEntity, 'until' | 'reason'> | null;
};

export function toRoomRecord(room: ShownRoom, me: OwnPlace | null, onlineCount: number): RoomRecord {
  return {
    ...toRoomState(room),
    memberCount: room.memberCount,
    onlineCount,
    actingHostId: room.actingHostId,
    me: me && {
      role: me.member.role,
      joinedAt: me.member.joinedAt.toISOString(),
      mutedUntil: me.mute?.until.toISOString() ?? null,
      muteReason: me.mute?.reason ?? null,
      favourite: me.member.favourite,
      linkKey: room.visibility === 'private' && room.kind === 'room' ? room.linkKey : null,
      notify: 'all',
    },
  };
}

export function toMembership(
  room: RoomEntity,
  seat: { member: MemberEntity; profile: ProfileEntity; mute: MuteEntity | null } | null,
): OutputOf<typeof rooms.getMembership> {
  return {
    version: room.version,
    room: toRoomState(room),
    member: seat && { ...toJoined(seat.member, seat.profile, seat.mute), mutedUntil: seat.mute?.until.toISOString() ?? null },
  };
}

/** Someone who is in, as projections elsewhere keep it. */
export function toJoined(
  member: MemberEntity,
  profile: ProfileEntity,
  mute: MuteEntity | null,
): PayloadOf<typeof roomEvents.memberJoined>['member'] {
  return {
    userId: member.userId,
    username: profile.username,
    displayName: profile.displayName,
    role: member.role,
    joinedAt: member.joinedAt.toISOString(),
    mutedUntil: mute?.until.toISOString() ?? null,
    ...(profile.bot && { bot: true }),
  };
}
