import { requireActor } from '@atrium/bus';
import {
  AppError,
  receiptOf,
  type Call,
  type FactMark,
  type OutputOf,
  type ParsedInputOf,
  type Waiting,
  type rooms,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DisabledPeople } from '../admin/disabled-people.repository.ts';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { InviteEntity } from '../invites/invite.entity.ts';
import { flawOf, useInvite } from '../invites/invite-rules.ts';
import { Arrivals } from '../members/arrivals.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { authorityOf, canModerate } from '../members/permissions.ts';
import { Seating } from '../members/seating.service.ts';
import { ProfileEntity } from '../profiles/profile.entity.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { RoomsAccess, type Seat } from '../rooms/rooms.access.ts';
import { LobbyRequestEntity } from './lobby-request.entity.ts';
import { Lobby, toWaiting } from './lobby.service.ts';

/** Letting in, or not, who waits at the door. */
@Injectable()
export class DoorKeeping {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly lobby: Lobby,
    private readonly seating: Seating,
    private readonly arrivals: Arrivals,
    private readonly chronicle: Chronicle,
    private readonly disabled: DisabledPeople,
  ) {}

  async list(actorId: string, roomId: string): Promise<OutputOf<typeof rooms.lobby>> {
    requireDoorKeeper(await this.access.requireMember(roomId, actorId));
    const requests = await this.lobby.list(this.em, roomId);
    const people = await this.em.find(ProfileEntity, { userId: { $in: requests.map((request) => request.userId) } });
    const byId = new Map(people.map((person) => [person.userId, person]));
    const items = requests.map(({ userId, requestedAt, expiresAt }) => {
      const { username, displayName, avatarUrl } = byId.get(userId)!;
      return { id: userId, username, displayName, avatarUrl, requestedAt: requestedAt.toISOString(), expiresAt: expiresAt.toISOString() };
    });
    return { items };
  }

  /** Whoever was let in before stays in. */
  async admit({ roomId, userId }: ParsedInputOf<typeof rooms.admit>, call: Call): Promise<OutputOf<typeof rooms.admit>> {
    const actorId = requireActor(call);
    const { fact, isNew } = await transact(this.em, async (tx) => {
      const { room } = await this.lockAsDoorKeeper(tx, roomId, actorId);
      if (await tx.findOne(MemberEntity, { roomId, userId })) return { fact: lastFactOf(room), isNew: false };
      const request = await this.lobby.find(tx, roomId, userId);
      if (!request || !(await this.disabled.isOpen(tx, userId))) throw new AppError('not_waiting');
      return { fact: await this.letIn(tx, room, request, actorId), isNew: true };
    });
    if (isNew) await this.arrivals.introduce(roomId, [userId]);
    return receiptOf(fact);
  }

  /** Whoever was turned away before, or does not wait any more, stays out. */
  async deny({ roomId, userId }: ParsedInputOf<typeof rooms.deny>, call: Call): Promise<void> {
    const actorId = requireActor(call);
    await transact(this.em, async (tx) => {
      const { room } = await this.lockAsDoorKeeper(tx, roomId, actorId);
      if (await tx.findOne(MemberEntity, { roomId, userId })) throw new AppError('already_a_member');
      const waited = await this.lobby.turnAway(tx, room, userId);
      if (waited) this.chronicle.note(tx, { roomId, actorId, action: 'member.denied', targetId: userId });
    });
  }

  /** As many as the room holds; who came first comes in first. */
  async admitAll(roomId: string, call: Call): Promise<OutputOf<typeof rooms.admitAll>> {
    const actorId = requireActor(call);
    const { fact, admitted, waiting } = await transact(this.em, async (tx) => {
      const { room } = await this.lockAsDoorKeeper(tx, roomId, actorId);
      const requests = await this.disabled.without(tx, await this.lobby.list(tx, roomId));
      const fitting = requests.slice(0, Math.max(0, room.maxMembers - room.memberCount));
      if (requests.length > 0 && fitting.length === 0) throw new AppError('room_full');
      let fact: FactMark = lastFactOf(room);
      const admitted: string[] = [];
      for (const request of fitting) {
        if (!(await this.disabled.isOpen(tx, request.userId))) continue;
        fact = await this.letIn(tx, room, request, actorId);
        admitted.push(request.userId);
      }
      return { fact, admitted, waiting: requests.length - fitting.length };
    });
    await this.arrivals.introduce(roomId, admitted);
    return { ...receiptOf(fact), admitted, waiting };
  }

  /** What somebody waits for: all that they are told of the room. */
  async ownRequest(userId: string, roomId: string): Promise<Waiting> {
    const request = await this.lobby.find(this.em, roomId, userId);
    if (!request) throw new AppError('not_waiting', 'You do not wait at this door');
    return toWaiting(await this.em.findOneOrFail(RoomEntity, { id: roomId }), request);
  }

  async withdraw(userId: string, roomId: string): Promise<void> {
    await transact(this.em, async (tx) => {
      if (!(await this.lobby.find(tx, roomId, userId))) return;
      await this.lobby.turnAway(tx, await this.access.lock(tx, roomId), userId, 'withdrawn');
    });
  }

  /** At every door, for somebody who can come in nowhere any more. */
  async withdrawEverywhere(userId: string): Promise<void> {
    const requests = await this.em.fork().find(LobbyRequestEntity, { userId }, { orderBy: { roomId: 'asc' } });
    for (const { roomId } of requests) await this.withdraw(userId, roomId);
  }

  private async lockAsDoorKeeper(tx: EntityManager, roomId: string, actorId: string): Promise<Seat> {
    const seat = await this.access.lockActive(tx, roomId, actorId);
    requireDoorKeeper(seat);
    return seat;
  }

  private async letIn(tx: EntityManager, room: RoomEntity, { userId, inviteCode }: LobbyRequestEntity, actorId: string): Promise<FactMark> {
    const profile = await tx.findOneOrFail(ProfileEntity, { userId });
    const invite = inviteCode === null ? null : await tx.findOne(InviteEntity, { code: inviteCode });
    // A moderator has decided: an invite that others have used up meanwhile keeps nobody out.
    if (invite && flawOf(invite) === null) useInvite(invite);
    const { fact } = await this.seating.seat(tx, room, profile, { actorId, action: 'member.admitted' });
    await this.lobby.tell(tx, room, userId, 'admitted');
    return fact;
  }
}

function requireDoorKeeper({ room, me }: Seat): void {
  if (!canModerate(authorityOf(room, me))) throw new AppError('forbidden', 'Only the host and moderators let people in');
}
