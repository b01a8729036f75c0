import { AppError } from '@atrium/contracts';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MemberEntity } from '../members/member.entity.ts';
import { RoomEntity } from './room.entity.ts';

/** A room and the caller's place in it. */
export type Seat = { room: RoomEntity; me: MemberEntity };

/**
 * The door to every room. Outsiders of a private room learn nothing: it answers as if it did not exist. Use cases
 * that write take the room's lock here, before anything else, so that they happen one after another.
 */
@Injectable()
export class RoomsAccess {
  constructor(private readonly em: EntityManager) {}

  /** The room locked, without asking who wants it. */
  async lock(tx: EntityManager, roomId: string): Promise<RoomEntity> {
    const room = await tx.findOne(RoomEntity, { id: roomId, purgedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!room) throw new AppError('room_not_found');
    return room;
  }

  /**
   * The room locked for one of its members.
   * @param refusal what an outsider of a public room is told
   */
  async lockAsMember(tx: EntityManager, roomId: string, actorId: string, refusal: 'not_a_member' | 'forbidden'): Promise<Seat> {
    const room = await this.lock(tx, roomId);
    const me = await tx.findOne(MemberEntity, { roomId, userId: actorId });
    return { room, me: me ?? refuseOutsider(room, refusal) };
  }

  /** Like `lockAsMember`, for what cannot be done in an archived room; outsiders are told `forbidden`. */
  async lockActive(tx: EntityManager, roomId: string, actorId: string): Promise<Seat> {
    const seat = await this.lockAsMember(tx, roomId, actorId, 'forbidden');
    requireNotArchived(seat.room);
    return seat;
  }

  /** The room for anyone who may know of it: members, and everyone when it is public. */
  async requireVisible(roomId: string, actorId: string): Promise<{ room: RoomEntity; me: MemberEntity | null }> {
    const room = await this.em.findOne(RoomEntity, { id: roomId, purgedAt: null });
    if (!room) throw new AppError('room_not_found');
    const me = await this.em.findOne(MemberEntity, { roomId, userId: actorId });
    if (!me && room.visibility === 'private') throw new AppError('room_not_found');
    return { room, me };
  }

  async requireMember(roomId: string, actorId: string): Promise<Seat> {
    const { room, me } = await this.requireVisible(roomId, actorId);
    return { room, me: me ?? refuseOutsider(room, 'not_a_member') };
  }

  async requireActiveMember(roomId: string, actorId: string): Promise<Seat> {
    const seat = await this.requireMember(roomId, actorId);
    requireNotArchived(seat.room);
    return seat;
  }
}

export function requireNotArchived(room: RoomEntity): void {
  if (room.archivedAt) throw new AppError('room_archived');
}

function refuseOutsider(room: RoomEntity, refusal: 'not_a_member' | 'forbidden'): never {
  throw new AppError(room.visibility === 'private' ? 'room_not_found' : refusal);
}
