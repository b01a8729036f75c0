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
import { PasswordGuard } from '../passwords/password-guard.service.ts';
import { PresenceService } from '../presence/presence.service.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService } from '../profiles/profiles.service.ts';
import { requireNotArchived, RoomsAccess } from '../rooms/rooms.access.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { toJoined, toRoomState } from '../rooms/room.mapper.ts';
import { RoomView } from '../rooms/room-view.service.ts';
import { MemberEntity } from './member.entity.ts';
import { MemberView } from './member-view.service.ts';
import { RemovalEntity } from './removal.entity.ts';

type JoinInput = ParsedInputOf<typeof rooms.join>;
type Joined = OutputOf<typeof rooms.join>;
type Admitted = { room: RoomEntity; me: MemberEntity; fact: FactMark; isNew: boolean };
/** The password must match this hash before the question is asked again. */
type Unproven = { passwordHash: string };

/** A password that changes under the caller's hands is checked again this often. */
const MAX_PROOFS = 3;

/** Lets people into rooms. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly profiles: ProfilesService,
    private readonly guard: PasswordGuard,
    private readonly chronicle: Chronicle,
    private readonly roomView: RoomView,
    private readonly memberView: MemberView,
    private readonly presence: PresenceService,
  ) {}

  async join(input: JoinInput, call: Call): Promise<Joined> {
    const userId = requireActor(call);
    const profile = await this.profiles.ensure(userId, call);
    const { room, me, fact, isNew } = await this.admitted(input, profile);
    const member = await this.memberView.one(room.id, { ...profile, role: me.role, joinedAt: me.joinedAt });
    if (isNew) await this.presence.introduce(userId, member.status, room.id);
    return { ...receiptOf(fact), room: await this.roomView.one(room, me), member };
  }

  /** Checking a password takes long, so it happens outside the transaction that holds the room. */
  private async admitted(input: JoinInput, profile: ProfileEntity): Promise<Admitted> {
    let proven: string | null = null;
    for (let proofs = 0; proofs <= MAX_PROOFS; proofs++) {
      const outcome: Admitted | Unproven = await transact(this.em, (tx) => this.admit(tx, input, profile, proven));
      if (!('passwordHash' in outcome)) return outcome;
      const { roomId, address, password = '' } = input;
      await this.guard.requireRight(outcome.passwordHash, { userId: profile.userId, roomId, address, password });
      proven = outcome.passwordHash;
    }
    throw new AppError('service_unavailable', 'The password of the room is being changed; try again');
  }

  /** The order of the questions decides what an outsider learns; keep it. */
  private async admit(tx: EntityManager, input: JoinInput, profile: ProfileEntity, proven: string | null): Promise<Admitted | Unproven> {
    const { userId } = profile;
    const room = await this.access.lock(tx, input.roomId);
    const me = await tx.findOne(MemberEntity, { roomId: room.id, userId });
    if (me) return { room, me, fact: lastFactOf(room), isNew: false };
    if (room.visibility === 'private' && room.passwordHash === null) throw new AppError('room_not_found');
    const removal = await tx.findOne(RemovalEntity, { roomId: room.id, userId });
    if (removal && !room.removedCanRejoin) throw new AppError('banned');
    requireNotArchived(room);
    if (room.locked) throw new AppError('room_locked');
    if (room.passwordHash !== null && room.passwordHash !== proven) {
      // Nothing was guessed: asking for a password is not a wrong one, and is not counted.
      if (!input.password) throw new AppError('wrong_password', 'This room has a password');
      return { passwordHash: room.passwordHash };
    }
    if (room.memberCount >= room.maxMembers) throw new AppError('room_full');
    if (removal) await tx.remove(removal).flush();
    return this.seat(tx, room, profile);
  }

  private async seat(tx: EntityManager, room: RoomEntity, profile: ProfileEntity): Promise<Admitted> {
    // Whoever comes into an empty room that was restored has nobody to ask: someone must be host.
    const role = room.hostId === null ? 'host' : 'member';
    if (role === 'host') room.hostId = profile.userId;
    const me = tx.create(MemberEntity, { roomId: room.id, userId: profile.userId, role, joinedAt: new Date() });
    room.memberCount += 1;
    const fact = await this.chronicle.record(tx, room, {
      event: roomEvents.memberJoined,
      payload: { room: toRoomState(room), member: toJoined(me, profile) },
      actorId: profile.userId,
      action: 'member.joined',
    });
    return { room, me, fact, isNew: true };
  }
}
