import { CONFIG } from '@atrium/service-kit';
import { transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { roomEvents } from '@atrium/contracts';
import { BotsRepository } from '../bots/bots.repository.ts';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import type { RoomsConfig } from '../config.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { chooseSuccessor } from '../members/succession.ts';
import { PresenceRepository, type ConnectionChange } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { HostAbsenceEntity } from './host-absence.entity.ts';
import { HostAbsences } from './host-absences.repository.ts';
import { ActingHost } from './acting-host.service.ts';
import { moveHostRole } from './host-role.ts';
import { decide } from './absence.ts';

/** Rooms looked at in one sweep. */
const BATCH = 50;

/**
 * Keeps a room led while its host is disconnected: after a grace, and while no moderator is there, the next in line acts
 * for the host, who stays host. What is under way is in rows, so that any instance can go on with it.
 */
@Injectable()
export class HostsService {
  constructor(
    private readonly em: EntityManager,
    private readonly absences: HostAbsences,
    private readonly presence: PresenceRepository,
    private readonly chronicle: Chronicle,
    private readonly acting: ActingHost,
    private readonly bots: BotsRepository,
    @Inject(CONFIG) private readonly config: RoomsConfig,
  ) {}

  /** Notes which hosts went, and whose coming and going matters to rooms without theirs; the sweep does the rest. */
  async noticeConnections(changes: readonly ConnectionChange[]): Promise<void> {
    const gone = changes.filter(({ connected }) => connected === 'offline').map(({ userId }) => userId);
    if (gone.length > 0) await this.absences.open(gone, this.config.ROOMS_HOST_GRACE_SECONDS);
    if (changes.length > 0) await this.absences.wake(changes.map(({ userId }) => userId));
  }

  /** Someone connected has joined a room: maybe one that waits for anyone to lead it. */
  async noticeArrival(userId: string): Promise<void> {
    await this.absences.wake([userId]);
  }

  async sweep(): Promise<void> {
    for (const roomId of await this.absences.due(BATCH)) {
      await transact(this.em, (tx) => this.reconsider(tx, roomId));
    }
  }

  /**
   * Makes up for what was lost on the way from Redis to the rows, for all that Redis knew when it lost its data. Begins
   * with who is connected: a room where nobody is needs no host, and costs nothing here.
   */
  async compare(): Promise<void> {
    const everyMs = this.config.ROOMS_HOST_CHECK_SECONDS * 1000;
    if (!(await orWithout(false, () => this.presence.claimComparison(everyMs)))) return;
    for await (const here of this.presence.everyone()) {
      await this.absences.remember(here);
      await this.absences.wake(here);
      const led = await this.absences.ledByOthers(here);
      const connected = await this.presence.connectedAmong([...new Set(led.map(({ hostId }) => hostId))]);
      const left = led.filter(({ hostId }) => !connected.has(hostId)).map(({ roomId }) => roomId);
      if (left.length > 0) await this.absences.openFor(left, this.config.ROOMS_HOST_GRACE_SECONDS);
    }
  }

  private async reconsider(tx: EntityManager, roomId: string): Promise<void> {
    // The room first, as everywhere; one that is busy, here or at another instance, can wait for the next sweep.
    const room = await tx.findOne(RoomEntity, { id: roomId }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    const due = { roomId, dueAt: { $lte: new Date() } };
    // Locked before presence is asked: who comes after the question finds the outcome and changes it.
    const row = room && (await tx.findOne(HostAbsenceEntity, due, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (!room || !row) return;
    const members = await this.bots.peopleAmong(tx, await tx.find(MemberEntity, { roomId }));
    const connected = await orWithout(null, () => this.presence.connectedAmong(members.map(({ userId }) => userId)));
    if (connected === null) return;
    await this.apply(tx, { room, row, members, connected });
  }

  private async apply(tx: EntityManager, { room, row, members, connected }: RoomSnapshot): Promise<void> {
    const absence = { ...row, roomHostId: room.hostId, archived: room.archivedAt !== null, awayDays: room.hostAwayDays };
    const others = members.filter(({ userId }) => userId !== room.hostId);
    const here = others.filter(({ userId }) => connected.has(userId));
    const step = decide(absence, {
      now: new Date(),
      graceMs: this.config.ROOMS_HOST_GRACE_SECONDS * 1000,
      hostIsHere: room.hostId !== null && connected.has(room.hostId),
      moderatorIsHere: here.some(({ role }) => role === 'moderator'),
      actingId: room.actingHostId !== null && connected.has(room.actingHostId) ? room.actingHostId : null,
      successorId: chooseSuccessor(here, connected)?.userId ?? null,
      heirId: chooseSuccessor(others, connected)?.userId ?? null,
    });
    if (step.do === 'act') {
      this.acting.set(tx, room, step.actingHostId);
      row.dueAt = step.until;
      return;
    }
    this.acting.set(tx, room, null);
    if (step.do === 'forget') tx.remove(row);
    else
      await this.passOn(
        tx,
        room,
        others.find(({ userId }) => userId === step.to)!,
      );
  }

  /** The host has been away for as long as the room allows. */
  private async passOn(tx: EntityManager, room: RoomEntity, to: MemberEntity): Promise<void> {
    const payload = await moveHostRole(tx, room, to);
    const fact = { event: roomEvents.hostChanged, payload, actorId: null, action: 'host.passed_on', targetId: to.userId };
    await this.chronicle.record(tx, room, { ...fact, details: { awayDays: room.hostAwayDays } });
  }
}

type RoomSnapshot = { room: RoomEntity; row: HostAbsenceEntity; members: MemberEntity[]; connected: Set<string> };
