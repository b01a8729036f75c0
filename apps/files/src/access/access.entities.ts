import type { RoomRole, RoomSettings } from '@atrium/contracts';
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What this service must know of a room, as the rooms service told it. */
export const AccessRoomEntity = defineEntity({
  name: 'AccessRoomEntity',
  tableName: 'access_rooms',
  properties: {
    roomId: p.uuid().primary(),
    version: p.integer(),
    whoCanPost: p.text().$type<RoomSettings['whoCanPost']>(),
    historyVisibility: p.text().$type<RoomSettings['historyVisibility']>(),
    archivedAt: p.datetime().nullable(),
  },
});
export type AccessRoomEntity = InferEntity<typeof AccessRoomEntity>;

/** A person's standing in a room; one who left stays as not present, so that an older event cannot bring them back. */
export const AccessMemberEntity = defineEntity({
  name: 'AccessMemberEntity',
  tableName: 'access_members',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    version: p.integer(),
    present: p.boolean(),
    role: p.text().$type<RoomRole>(),
    joinedAt: p.datetime(),
    mutedUntil: p.datetime().nullable(),
  },
});
export type AccessMemberEntity = InferEntity<typeof AccessMemberEntity>;
