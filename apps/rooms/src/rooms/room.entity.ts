import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { RoomKind, RoomSettings } from '@atrium/contracts';

/** A room's row. It is locked first by every use case that changes the room or who is in it. */
export const RoomEntity = defineEntity({
  name: 'RoomEntity',
  tableName: 'rooms',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<RoomKind>(),
    /** Stands for the people of a direct room: they have one. */
    directKey: p.text().strictNullable(),
    /** Raised by every change, so that projections elsewhere never go back. */
    version: p.integer(),
    name: p.text(),
    topic: p.text(),
    description: p.text(),
    visibility: p.text().$type<RoomSettings['visibility']>(),
    passwordHash: p.text().strictNullable(),
    locked: p.boolean(),
    lobby: p.boolean(),
    botEnabled: p.boolean(),
    slowModeSeconds: p.integer(),
    whoCanPost: p.text().$type<RoomSettings['whoCanPost']>(),
    historyVisibility: p.text().$type<RoomSettings['historyVisibility']>(),
    removedCanRejoin: p.boolean(),
    editWindowSeconds: p.integer(),
    maxMembers: p.integer(),
    /** Null once the last member has left. */
    hostId: p.uuid().strictNullable(),
    /** Who acts for a host who is away. */
    actingHostId: p.uuid().strictNullable(),
    /** How often that changed. */
    actingRevision: p.integer().default(0),
    hostAwayDays: p.integer(),
    /** In the link of a private room: who has it knows of the room. */
    linkKey: p.text(),
    memberCount: p.integer(),
    /** What this service knows of activity; messages knows the rest. */
    lastActivityAt: p.datetime(3),
    createdBy: p.uuid(),
    createdAt: p.datetime(3),
    archivedAt: p.datetime(3).strictNullable(),
    /** Since when only the row is left, under which its facts and its audit log stand. */
    purgedAt: p.datetime(3).strictNullable(),
  },
});
export type RoomEntity = InferEntity<typeof RoomEntity>;
