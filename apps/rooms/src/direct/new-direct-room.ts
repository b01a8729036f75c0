import { DEFAULTS, newLinkKey } from '../rooms/new-room.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';

/** A direct room as it begins: nothing about it is ever set otherwise. It has no name; each of its people is shown the others'. */
export function newDirectRoom(
  room: Pick<RoomEntity, 'id' | 'createdBy' | 'createdAt' | 'memberCount'> & { directKey: string },
): RoomEntity {
  return {
    ...DEFAULTS,
    ...room,
    kind: 'direct',
    version: 0,
    name: '',
    visibility: 'private',
    passwordHash: null,
    botEnabled: false,
    maxMembers: room.memberCount,
    hostId: null,
    actingHostId: null,
    actingRevision: 0,
    linkKey: newLinkKey(),
    lastActivityAt: room.createdAt,
    archivedAt: null,
    purgedAt: null,
  };
}
