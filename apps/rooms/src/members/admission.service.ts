import { requireActor } from '@atrium/bus';
import { AppError, receiptOf, type Call, type FactMark, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findBan } from '../bans/find-ban.ts';
import { lastFactOf } from '../chronicle/chronicle.service.ts';
import type { InviteEntity } from '../invites/invite.entity.ts';
import { nameOf, requireInvite, useInvite } from '../invites/invite-rules.ts';
import { Lobby } from '../lobby/lobby.service.ts';
import { PasswordGuard } from '../passwords/password-guard.service.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService, requirePerson } from '../profiles/profiles.service.ts';
import { requireNotArchived } from '../rooms/rooms.access.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { RoomView } from '../rooms/room-view.service.ts';
import { Arrivals } from './arrivals.service.ts';
import { DoorQueue } from './door-queue.ts';
import { MemberEntity } from './member.entity.ts';
import { RemovalEntity } from './removal.entity.ts';
import { Seating } from './seating.service.ts';

type JoinInput = ParsedInputOf<typeof rooms.join>;
type Joined = OutputOf<typeof rooms.join>;
type Admitted = { room: RoomEntity; me: MemberEntity; fact: FactMark; isNew: boolean };
/** Has asked to be let in; what they are told meanwhile. */
type Asked = { waiting: AppError };
/** The password must match this hash before the question is asked again; null, there is none that could. */
type Unproven = { passwordHash: string | null; isHidden: boolean };

/** A password that changes under the caller's hands is checked again this often. */
const MAX_PROOFS = 3;

/** Decides at the door of a room. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly em: EntityManager,
    private readonly profiles: ProfilesService,
    private readonly guard: PasswordGuard,
    private readonly seating: Seating,
    private readonly lobby: Lobby,
    private readonly arrivals: Arrivals,
    private readonly roomView: RoomView,
    private readonly door: DoorQueue,
  ) {}

  /** @throws AppError `waiting_in_lobby` once the wish to come in is noted */
  async join(input: JoinInput, call: Call): Promise<Joined> {
    const userId = requireActor(call);
    const { roomId, address, password = '' } = input;
    let proven: string | null = null;
    for (let proofs = 0; proofs <= MAX_PROOFS; proofs++) {
      const outcome: Joined | Unproven = await this.door.pass(roomId, call.deadlineAt, () => this.ask(input, call, proven));
      if (!('passwordHash' in outcome)) return outcome;
      // Checking a password takes long: nobody waits behind it, and no transaction holds the room meanwhile.
      await this.guard.requireRight(outcome.passwordHash, { userId, roomId, address, password }, outcome);
      proven = outcome.passwordHash;
    }
    throw new AppError('service_unavailable', 'The password of the room is being changed; try again');
  }

  private async ask(input: JoinInput, call: Call, proven: string | null): Promise<Joined | Unproven> {
    const profile = await this.profiles.ensure(requireActor(call), call);
    requirePerson(profile, 'A bot is brought into a room by its moderators.');
    const outcome = await transact(this.em, (tx) => this.admit(tx, input, profile, proven));
    if ('waiting' in outcome) throw outcome.waiting;
    if ('passwordHash' in outcome) return outcome;
    const { room, me, fact, isNew } = outcome;
    const [member] = isNew ? await this.arrivals.introduce(room.id, [profile.userId]) : await this.arrivals.seen(room.id, [profile.userId]);
    if (!member) throw new AppError('not_a_member');
    return { ...receiptOf(fact), room: await this.roomView.one(room, me), member };
  }

  /** The order of the questions decides what an outsider learns; keep it. */
  private async admit(
    tx: EntityManager,
    input: JoinInput,
    profile: ProfileEntity,
    proven: string | null,
  ): Promise<Admitted | Asked | Unproven> {
    const { userId } = profile;
    const room = await tx.findOne(RoomEntity, { id: input.roomId, purgedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const me = room && (await tx.findOne(MemberEntity, { roomId: room.id, userId }));
    if (room && me) return { room, me, fact: lastFactOf(room), isNew: false };
    const invite = input.inviteCode === undefined ? null : await requireInvite(tx, input.roomId, input.inviteCode);
    if (!room) return askStranger(input, null);
    const place = { roomId: room.id, userId };
    const [removal, ban] = [await tx.findOne(RemovalEntity, place), await findBan(tx, place)];
    // Who waits has shown once that they may ask, and is told the same when they ask again.
    const waits = room.lobby && (await this.lobby.find(tx, room.id, userId)) !== null;
    const knows = room.visibility === 'public' || invite || removal || ban || waits || input.linkKey === room.linkKey;
    const isProven = room.passwordHash !== null && room.passwordHash === proven;
    if (!knows && !isProven) return askStranger(input, room.passwordHash);
    if (ban) throw new AppError('banned', undefined, { reason: ban.reason, until: ban.until?.toISOString() ?? null });
    if (removal && !room.removedCanRejoin) throw new AppError('banned', undefined, { reason: removal.reason, until: null });
    requireNotArchived(room);
    if (room.locked) throw new AppError('room_locked');
    if (!invite && !isProven && !waits) {
      if (room.passwordHash !== null) return askForPassword(input, room.passwordHash);
      if (room.visibility === 'private') throw new AppError('invitation_required');
    }
    return this.letIn(tx, room, profile, invite);
  }

  private async letIn(tx: EntityManager, room: RoomEntity, profile: ProfileEntity, invite: InviteEntity | null): Promise<Admitted | Asked> {
    if (room.memberCount >= room.maxMembers) throw new AppError('room_full');
    // Nobody could let anyone into an empty room.
    if (room.lobby && room.hostId !== null) return { waiting: await this.lobby.ask(tx, room, profile, invite) };
    if (invite) useInvite(invite);
    const { me, fact } = await this.seating.seat(tx, room, profile, {
      actorId: profile.userId,
      action: 'member.joined',
      ...(invite && { details: { invite: nameOf(invite) } }),
    });
    return { room, me, fact, isNew: true };
  }
}

/** To a stranger a private room answers as one that does not exist: also how long it thinks, and when it stops listening. */
function askStranger({ password }: JoinInput, passwordHash: string | null): Unproven {
  if (!password) throw new AppError('room_not_found');
  return { passwordHash, isHidden: true };
}

/** Nothing was guessed: asking for a password is not a wrong one, and is not counted. */
function askForPassword({ password }: JoinInput, passwordHash: string): Unproven {
  if (!password) throw new AppError('wrong_password', 'This room has a password');
  return { passwordHash, isHidden: false };
}
