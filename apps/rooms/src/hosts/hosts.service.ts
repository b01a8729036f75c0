import { CONFIG } from '@atrium/service-kit';
import { transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { roomEvents } from '@atrium/contracts';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import type { RoomsConfig } from '../config.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { chooseSuccessor } from '../members/succession.ts';
import { PresenceRepository, type ConnectionChange } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/redis.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { HostAbsenceEntity } from './host-absence.entity.ts';
import { HostAbsences } from './host-absences.repository.ts';
import { lendHostRole } from './host-role.ts';
import { decide, type Absence } from './absence.ts';

/** Rooms looked at in one sweep. */
const BATCH = 50;

/**
 * Keeps a room led while its host is disconnected: after a grace the successor acts as host, and the host gets the
 * role back on return. What is under way is in rows, so that any instance can go on with it.
 */
@Injectable()
export class HostsService {
  constructor(
    private readonly em: EntityManager,
    private readonly absences: HostAbsences,
    private readonly presence: PresenceRepository,
    private readonly chronicle: Chronicle,
    @Inject(CONFIG) private readonly config: RoomsConfig,
  ) {}

  /** Notes which hosts went and came; the sweep does the rest. */
  async noticeConnections(changes: readonly ConnectionChange[]): Promise<void> {
    const gone = changes.filter(({ connected }) => connected === 'offline').map(({ userId }) => userId);
    const here = changes.filter(({ connected }) => connected !== 'offline').map(({ userId }) => userId);
    if (gone.length > 0) await this.absences.open(gone, this.config.ROOMS_HOST_GRACE_SECONDS);
    if (here.length > 0) await this.absences.wake(here, this.config.ROOMS_HOST_GRACE_SECONDS);
  }

  /** Someone connected has joined a room: maybe one that waits for anyone to lead it. */
  async noticeArrival(userId: string): Promise<void> {
    await this.absences.wake([userId], this.config.ROOMS_HOST_GRACE_SECONDS);
  }

  async sweep(): Promise<void> {
    for (const roomId of await this.absences.due(BATCH)) {
      await transact(this.em, (tx) => this.lookAt(tx, roomId));
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
      await this.absences.wake(here, this.config.ROOMS_HOST_GRACE_SECONDS);
      const led = await this.absences.ledByOthers(here);
      const connected = await this.presence.connectedAmong([...new Set(led.map(({ hostId }) => hostId))]);
      const left = led.filter(({ hostId }) => !connected.has(hostId)).map(({ roomId }) => roomId);
      if (left.length > 0) await this.absences.openFor(left, this.config.ROOMS_HOST_GRACE_SECONDS);
    }
  }

  private async lookAt(tx: EntityManager, roomId: string): Promise<void> {
    // The room first, as everywhere; one that is busy, here or at another instance, can wait for the next sweep.
    const room = await tx.findOne(RoomEntity, { id: roomId }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    const due = { roomId, dueAt: { $lte: new Date() } };
    // Locked before presence is asked: who comes after the question finds the outcome and changes it.
    const row = room && (await tx.findOne(HostAbsenceEntity, due, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (!room || !row) return;
    const members = await tx.find(MemberEntity, { roomId });
    const connected = await orWithout(null, () => this.presence.connectedAmong(members.map(({ userId }) => userId)));
    if (connected === null) return;
    await this.apply(tx, { room, row, members, connected });
  }

  private async apply(tx: EntityManager, scene: Scene): Promise<void> {
    const { room, row, members, connected } = scene;
    const absence: Absence = { ...row, roomHostId: room.hostId, archived: room.archivedAt !== null };
    const isMember = members.some(({ userId }) => userId === row.hostId);
    const candidates = members.filter(({ userId }) => connected.has(userId) && userId !== room.hostId);
    const successor = chooseSuccessor(candidates, connected);
    const step = decide(absence, {
      now: new Date(),
      reclaimMs: this.config.ROOMS_HOST_RECLAIM_SECONDS * 1000,
      originalIsHere: isMember && connected.has(row.hostId),
      hostIsHere: room.hostId !== null && connected.has(room.hostId),
      successorId: successor?.userId ?? null,
    });
    switch (step.do) {
      case 'forget':
        tx.remove(row);
        return;
      case 'wait':
        row.dueAt = step.until;
        return;
      case 'restart':
        Object.assign(row, { hostId: room.hostId, goneAt: new Date(), actingHostId: null, actingWas: null, dueAt: step.until });
        return;
      case 'giveBack':
        await this.pass(tx, scene, row.hostId);
        tx.remove(row);
        return;
      case 'lend':
        await this.pass(tx, scene, step.to);
        row.dueAt = step.until;
    }
  }

  /** Gives the role to `userId`; whoever was acting becomes again what they were. */
  private async pass(tx: EntityManager, { room, row, members }: Scene, userId: string): Promise<void> {
    const to = members.find((member) => member.userId === userId);
    if (!to) throw new Error(`room ${room.id}: the next host is not a member`);
    const acted = row.actingHostId;
    const actedWas = row.actingWas;
    row.actingWas = to.role === 'moderator' ? 'moderator' : 'member';
    row.actingHostId = userId;
    const change = await lendHostRole(tx, room, to);
    const action = userId === row.hostId ? 'host.returned' : 'host.acting';
    await this.chronicle.record(tx, room, { event: roomEvents.hostChanged, payload: change, actorId: null, action, targetId: userId });
    const former = members.find((member) => member.userId === acted);
    if (!former || actedWas !== 'member') return;
    former.role = 'member';
    await this.chronicle.record(tx, room, {
      event: roomEvents.roleChanged,
      payload: { userId: former.userId, role: 'member' },
      actorId: null,
      action: 'member.role',
      targetId: former.userId,
      details: { role: 'member' },
    });
  }
}

type Scene = { room: RoomEntity; row: HostAbsenceEntity; members: MemberEntity[]; connected: Set<string> };
