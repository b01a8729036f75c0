import { AppError, roomEvents, type FactMark } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DisabledPeople } from '../admin/disabled-people.repository.ts';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import { lookAgain } from '../hosts/acting-host.service.ts';
import { LobbyRequestEntity } from '../lobby/lobby-request.entity.ts';
import { Mutes } from '../mutes/mutes.repository.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { toJoined, toRoomState } from '../rooms/room.mapper.ts';
import { MemberEntity, NEWCOMER } from './member.entity.ts';
import { RemovalEntity } from './removal.entity.ts';

export type Seated = { me: MemberEntity; fact: FactMark };
/** Who let somebody in, and how: `member.joined`, `member.admitted` or `member.added`. */
export type Entry = { actorId: string; action: string; details?: Record<string, unknown> };

/** Gives people their place in a room, once it is decided that they may come in. */
@Injectable()
export class Seating {
  constructor(
    private readonly chronicle: Chronicle,
    private readonly mutes: Mutes,
    private readonly disabled: DisabledPeople,
  ) {}

  /** @param room locked by this transaction @throws AppError `room_full` or `account_disabled` */
  async seat(tx: EntityManager, room: RoomEntity, profile: ProfileEntity, { actorId, action, details }: Entry): Promise<Seated> {
    if (room.memberCount >= room.maxMembers) throw new AppError('room_full');
    await this.disabled.requireOpen(tx, profile.userId);
    const place = { roomId: room.id, userId: profile.userId };
    await tx.nativeDelete(RemovalEntity, place);
    await tx.nativeDelete(LobbyRequestEntity, place);
    // Whoever comes into an empty room that was restored has nobody to ask: someone must be host.
    const role = room.hostId === null ? 'host' : 'member';
    if (role === 'host') room.hostId = profile.userId;
    const me = tx.create(MemberEntity, { ...place, role, joinedAt: new Date(), ...NEWCOMER });
    room.memberCount += 1;
    await lookAgain(tx, room.id);
    const mute = await this.mutes.find(tx, room.id, profile.userId);
    const fact = await this.chronicle.record(tx, room, {
      event: roomEvents.memberJoined,
      payload: { room: toRoomState(room), member: toJoined(me, profile, mute) },
      actorId,
      action,
      ...(actorId === profile.userId ? {} : { targetId: profile.userId }),
      ...(details && { details }),
    });
    return { me, fact };
  }
}
