import { roomEvents, type PayloadOf, type accountEvents } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { BotsRepository } from '../bots/bots.repository.ts';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import { DoorKeeping } from '../lobby/door-keeping.service.ts';
import { ActingHost } from '../hosts/acting-host.service.ts';
import { moveHostRole } from '../hosts/host-role.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { chooseSuccessor } from '../members/succession.ts';
import { PresenceRepository } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { DisabledPeople } from './disabled-people.repository.ts';

type Told = PayloadOf<typeof accountEvents.userDisabled>;

/** Passes the host roles of a disabled account on; one who is alone in a room keeps it until somebody comes. */
@Injectable()
export class DisabledHosts {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly people: DisabledPeople,
    private readonly presence: PresenceRepository,
    private readonly chronicle: Chronicle,
    private readonly acting: ActingHost,
    private readonly bots: BotsRepository,
    private readonly doors: DoorKeeping,
  ) {}

  async take(told: Told): Promise<void> {
    await transact(this.em, (tx) => this.people.save(tx, told));
    if (!told.disabled) return;
    await this.doors.withdrawEverywhere(told.userId);
    // Every room they are in, not only those they lead: one may be handed to them at this very moment, under its lock.
    const seats = await this.em.find(MemberEntity, { userId: told.userId }, { orderBy: { roomId: 'asc' } });
    for (const { roomId } of seats) await transact(this.em, (tx) => this.passOn(tx, roomId, told));
  }

  private async passOn(tx: EntityManager, roomId: string, { userId, actorId, reason }: Told): Promise<void> {
    const room = await this.access.lock(tx, roomId);
    if (room.hostId !== userId || !(await this.people.includes(tx, userId))) return;
    const others = await tx.find(MemberEntity, { roomId, userId: { $ne: userId } });
    const able = await this.people.preferOthers(tx, await this.bots.peopleAmong(tx, others));
    const connected = await orWithout(new Set<string>(), () => this.presence.connectedAmong(able.map((other) => other.userId)));
    const successor = chooseSuccessor(able, connected);
    if (!successor || (await this.people.includes(tx, successor.userId))) return;
    this.acting.set(tx, room, null);
    const change = await moveHostRole(tx, room, successor);
    await this.chronicle.record(tx, room, {
      event: roomEvents.hostChanged,
      payload: change,
      actorId,
      action: 'host.disabled',
      targetId: successor.userId,
      reason,
      details: { ...change },
    });
    const former = await tx.findOneOrFail(MemberEntity, { roomId, userId });
    former.role = 'member';
    await tx.flush();
    await this.chronicle.record(tx, room, {
      event: roomEvents.roleChanged,
      payload: { userId, role: 'member' },
      actorId,
      action: 'member.role',
      targetId: userId,
      reason,
      details: { role: 'member' },
    });
  }
}
