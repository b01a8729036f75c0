import type { EntityManager } from '@mikro-orm/postgresql';
import { MemberEntity } from '../members/member.entity.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { HostAbsenceEntity } from './host-absence.entity.ts';

export type HostChange = { previousHostId: string | null; hostId: string | null };

/**
 * Gives the host role to a member, for good. Whoever had it and is still in becomes moderator: that is what
 * `hostChanged` means to everyone who hears it.
 * @param room locked by this transaction
 */
export async function moveHostRole(tx: EntityManager, room: RoomEntity, to: MemberEntity): Promise<HostChange> {
  await tx.nativeDelete(HostAbsenceEntity, { roomId: room.id });
  const previousHostId = room.hostId;
  const previous = previousHostId ? await tx.findOne(MemberEntity, { roomId: room.id, userId: previousHostId }) : null;
  if (previous) previous.role = 'moderator';
  // One after the other: the index allows a single host at any moment, not only at the end.
  await tx.flush();
  to.role = 'host';
  room.hostId = to.userId;
  await tx.flush();
  return { previousHostId, hostId: to.userId };
}
