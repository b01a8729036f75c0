import { requireActor } from '@atrium/bus';
import {
  AppError,
  receiptOf,
  roomEvents,
  type Call,
  type FactMark,
  type OutputOf,
  type ParsedInputOf,
  type rooms,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { BotsRepository } from '../bots/bots.repository.ts';
import { DisabledPeople } from '../admin/disabled-people.repository.ts';
import { HostAbsenceEntity } from '../hosts/host-absence.entity.ts';
import { ActingHost, lookAgain } from '../hosts/acting-host.service.ts';
import { moveHostRole, type HostChange } from '../hosts/host-role.ts';
import { PresenceRepository } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { DoorQueue } from './door-queue.ts';
import { MemberEntity } from './member.entity.ts';
import { authorityOf, canActOn, canModerate } from './permissions.ts';
import { RemovalEntity } from './removal.entity.ts';
import { chooseSuccessor } from './succession.ts';

type Expulsion = { how: 'kicked' | 'banned'; actorId: string; reason: string | null; until: string | null };

/** The ways out of a room. */
@Injectable()
export class DeparturesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly presence: PresenceRepository,
    private readonly chronicle: Chronicle,
    private readonly acting: ActingHost,
    private readonly disabled: DisabledPeople,
    private readonly bots: BotsRepository,
    private readonly door: DoorQueue,
  ) {}

  /** A host's role passes on in the same transaction; the last one out archives the room. */
  leave({ roomId, successorId }: ParsedInputOf<typeof rooms.leave>, call: Call): Promise<OutputOf<typeof rooms.leave>> {
    return this.door.pass(roomId, call.deadlineAt, () => this.depart(roomId, requireActor(call), successorId));
  }

  depart(roomId: string, actorId: string, successorId?: string): Promise<OutputOf<typeof rooms.leave>> {
    return transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockAsMember(tx, roomId, actorId, 'not_a_member');
      if (room.kind === 'direct') return { ...receiptOf(lastFactOf(room)), newHostId: null, archived: false, hides: true };
      const wasHost = me.role === 'host';
      const successor = wasHost ? await this.successorOf(tx, me, successorId) : null;
      await this.remove(tx, room, me);
      const hostChange = wasHost ? await this.passOn(tx, room, me, successor) : null;
      // Bots alone have nobody to lead them.
      const archived = room.hostId === null && room.archivedAt === null;
      const at = new Date();
      if (archived) room.archivedAt = at;
      const fact = await this.chronicle.record(tx, room, {
        event: roomEvents.memberRemoved,
        payload: { userId: actorId, how: 'left', reason: null, hostChange, archived },
        actorId,
        action: 'member.left',
        details: { hostChange, archived },
        at,
      });
      return { ...receiptOf(fact), newHostId: hostChange?.hostId ?? null, archived };
    });
  }

  async kick({ roomId, userId, reason }: ParsedInputOf<typeof rooms.kick>, call: Call): Promise<OutputOf<typeof rooms.kick>> {
    const actorId = requireActor(call);
    return transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockActive(tx, roomId, actorId);
      const authority = authorityOf(room, me);
      if (!canModerate(authority)) throw new AppError('forbidden', 'Only the host and moderators may remove someone');
      const target = await tx.findOne(MemberEntity, { roomId, userId });
      if (!target) throw new AppError('member_not_found');
      if (!canActOn(authority, target.role)) throw new AppError('forbidden', 'You may not remove this member');
      await tx.upsert(RemovalEntity, { roomId, userId, removedBy: actorId, reason: reason ?? null, at: new Date() });
      return receiptOf(await this.expel(tx, room, target, { how: 'kicked', actorId, reason: reason ?? null, until: null }));
    });
  }

  /** Takes somebody out who is not the host, and tells why. @param room locked by this transaction */
  async expel(tx: EntityManager, room: RoomEntity, target: MemberEntity, { how, actorId, reason, until }: Expulsion): Promise<FactMark> {
    await this.remove(tx, room, target);
    return this.chronicle.record(tx, room, {
      event: roomEvents.memberRemoved,
      payload: { userId: target.userId, how, reason, until, hostChange: null, archived: false },
      actorId,
      action: `member.${how}`,
      targetId: target.userId,
      reason,
      details: until === null ? {} : { until },
    });
  }

  /** A member whose account is gone for good. @param room locked by this transaction */
  async takeOut(tx: EntityManager, room: RoomEntity, member: MemberEntity): Promise<void> {
    await this.remove(tx, room, member);
    await this.chronicle.record(tx, room, {
      event: roomEvents.memberRemoved,
      payload: { userId: member.userId, how: 'left', reason: null, hostChange: null, archived: false },
      actorId: member.userId,
      action: 'member.left',
    });
  }

  private async remove(tx: EntityManager, room: RoomEntity, member: MemberEntity): Promise<void> {
    await tx.remove(member).flush();
    room.memberCount -= 1;
    // Leaving clears every role, the one that was only acted in too.
    await tx.nativeDelete(HostAbsenceEntity, { roomId: room.id, hostId: member.userId });
    if (room.actingHostId === member.userId || room.hostId === member.userId) this.acting.set(tx, room, null);
    await lookAgain(tx, room.id);
  }

  /** Who follows a host: whoever is named, else whom the rule finds, else nobody because nobody is left. */
  private async successorOf(tx: EntityManager, host: MemberEntity, named: string | undefined): Promise<MemberEntity | null> {
    const others = await this.bots.peopleAmong(tx, await tx.find(MemberEntity, { roomId: host.roomId, userId: { $ne: host.userId } }));
    if (named !== undefined) {
      const chosen = others.find((other) => other.userId === named);
      if (!chosen || (await this.disabled.includes(tx, named))) throw new AppError('invalid_successor');
      return chosen;
    }
    const connected = await orWithout(new Set<string>(), () => this.presence.connectedAmong(others.map((other) => other.userId)));
    return chooseSuccessor(await this.disabled.preferOthers(tx, others), connected);
  }

  private async passOn(tx: EntityManager, room: RoomEntity, host: MemberEntity, successor: MemberEntity | null): Promise<HostChange> {
    if (successor) return moveHostRole(tx, room, successor);
    room.hostId = null;
    return { previousHostId: host.userId, hostId: null };
  }
}
