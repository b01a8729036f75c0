import type { OutputOf, PayloadOf, RoomRecord, RoomSettings, roomEvents, rooms } from '@atrium/contracts';
import type { MemberEntity } from '../members/member.entity.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import type { RoomEntity } from './room.entity.ts';

export type RoomState = PayloadOf<typeof roomEvents.memberJoined>['room'];

/** The room as events tell it: nothing that depends on who looks, or on who is connected. */
export function toRoomState(room: RoomEntity): RoomState {
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

export function toSettings(room: RoomEntity): Omit<RoomSettings, 'lobby'> & { lobby: boolean } {
  return {
    name: room.name,
    topic: room.topic,
    description: room.description,
    visibility: room.visibility,
    locked: room.locked,
    lobby: false,
    botEnabled: room.botEnabled,
    slowModeSeconds: room.slowModeSeconds,
    whoCanPost: room.whoCanPost,
    historyVisibility: room.historyVisibility,
    removedCanRejoin: room.removedCanRejoin,
    editWindowSeconds: room.editWindowSeconds,
    maxMembers: room.maxMembers,
  };
}

export function toRoomRecord(room: RoomEntity, me: MemberEntity | null, onlineCount: number): RoomRecord {
  return {
    ...toRoomState(room),
    memberCount: room.memberCount,
    onlineCount,
    me: me && { role: me.role, joinedAt: me.joinedAt.toISOString(), mutedUntil: null, notify: 'all' },
  };
}

export function toMembership(
  room: RoomEntity,
  seat: { member: MemberEntity; profile: ProfileEntity } | null,
): OutputOf<typeof rooms.getMembership> {
  return {
    version: room.version,
    room: toRoomState(room),
    member: seat && { ...toJoined(seat.member, seat.profile), mutedUntil: null },
  };
}

/** Someone who is in, as projections elsewhere keep it. */
export function toJoined(member: MemberEntity, profile: ProfileEntity): PayloadOf<typeof roomEvents.memberJoined>['member'] {
  return {
    userId: member.userId,
    username: profile.username,
    displayName: profile.displayName,
    role: member.role,
    joinedAt: member.joinedAt.toISOString(),
  };
}
