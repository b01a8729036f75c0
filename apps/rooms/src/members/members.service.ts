import { requireActor } from '@atrium/bus';
import { AppError, Username, receiptOf, roomEvents, type Call, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DisabledPeople } from '../admin/disabled-people.repository.ts';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { ActingHost, lookAgain } from '../hosts/acting-host.service.ts';
import { moveHostRole } from '../hosts/host-role.ts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { RoomView } from '../rooms/room-view.service.ts';
import { MemberEntity } from './member.entity.ts';
import { MemberView } from './member-view.service.ts';
import { MembersRepository, placeOf } from './members.repository.ts';
import { canHandOver, canSetRole } from './permissions.ts';

const Place = z.tuple([z.int().min(0).max(2), Username]);

/** Who is in a room, and in what role. */
@Injectable()
export class MembersService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly members: MembersRepository,
    private readonly memberView: MemberView,
    private readonly roomView: RoomView,
    private readonly chronicle: Chronicle,
    private readonly acting: ActingHost,
    private readonly disabled: DisabledPeople,
  ) {}

  async list(
    actorId: string,
    { roomId, query, cursor, limit }: ParsedInputOf<typeof rooms.members>,
  ): Promise<OutputOf<typeof rooms.members>> {
    await this.access.requireMember(roomId, actorId);
    const place = readCursor(cursor, Place);
    const after = place && { rank: place[0], username: place[1] };
    const found = await this.members.page(roomId, { query, after, limit: limit + 1 });
    const { rows, nextCursor } = pageOf(found, limit, placeOf);
    return { items: await this.memberView.many(roomId, rows), nextCursor };
  }

  async setRole({ roomId, userId, role }: ParsedInputOf<typeof rooms.setRole>, call: Call): Promise<OutputOf<typeof rooms.setRole>> {
    const actorId = requireActor(call);
    const fact = await transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockActive(tx, roomId, actorId);
      if (me.role !== 'host') throw new AppError('forbidden', 'Only the host may change roles');
      const target = await getMember(tx, roomId, userId);
      if (!canSetRole(me.role, target.role)) throw new AppError('forbidden', 'The host role moves only by handing it over');
      if (await this.isBot(roomId, userId)) throw new AppError('forbidden', 'A bot moderates nobody');
      if (target.role === role) return lastFactOf(room);
      target.role = role;
      await lookAgain(tx, roomId);
      return this.chronicle.record(tx, room, {
        event: roomEvents.roleChanged,
        payload: { userId, role },
        actorId,
        action: 'member.role',
        targetId: userId,
        details: { role },
      });
    });
    const row = await this.members.find(roomId, userId);
    if (!row) throw new AppError('member_not_found');
    return { ...receiptOf(fact), member: await this.memberView.one(roomId, row) };
  }

  /** The old host becomes moderator. */
  async handOver({ roomId, userId }: ParsedInputOf<typeof rooms.handOver>, call: Call): Promise<OutputOf<typeof rooms.handOver>> {
    const actorId = requireActor(call);
    const { room, me, fact } = await transact(this.em, async (tx) => {
      const seat = await this.access.lockActive(tx, roomId, actorId);
      if (!canHandOver(seat.me.role)) throw new AppError('forbidden', 'Only the host may hand the role over');
      const target = await getMember(tx, roomId, userId);
      if (target.userId === actorId) return { ...seat, fact: lastFactOf(seat.room) };
      this.acting.set(tx, seat.room, null);
      if (await this.disabled.includes(tx, userId)) throw new AppError('member_not_found', 'This account is disabled.');
      if (await this.isBot(roomId, userId)) throw new AppError('forbidden', 'A bot leads no room');
      const change = await moveHostRole(tx, seat.room, target);
      const fact = await this.chronicle.record(tx, seat.room, {
        event: roomEvents.hostChanged,
        payload: change,
        actorId,
        action: 'host.handed_over',
        targetId: userId,
      });
      return { ...seat, fact };
    });
    return { ...receiptOf(fact), room: await this.roomView.one(room, me) };
  }

  private async isBot(roomId: string, userId: string): Promise<boolean> {
    return (await this.members.find(roomId, userId))?.bot ?? false;
  }
}

/** @throws AppError `member_not_found` */
export async function getMember(tx: EntityManager, roomId: string, userId: string): Promise<MemberEntity> {
  const member = await tx.findOne(MemberEntity, { roomId, userId });
  if (!member) throw new AppError('member_not_found');
  return member;
}
