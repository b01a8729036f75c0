import { createHash } from 'node:crypto';
import { requireActor } from '@atrium/bus';
import {
  AppError,
  receiptOf,
  roomEvents,
  validationError,
  type Call,
  type FactMark,
  type OutputOf,
  type ParsedInputOf,
  type rooms,
} from '@atrium/contracts';
import { oneAtATime, transact, uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { MemberEntity, NEWCOMER } from '../members/member.entity.ts';
import { PresenceRepository } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import { visibleStatus, type Connected } from '../presence/status.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService, requirePerson } from '../profiles/profiles.service.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { toJoined, toRoomState } from '../rooms/room.mapper.ts';
import { RoomView } from '../rooms/room-view.service.ts';
import { newDirectRoom } from './new-direct-room.ts';
import { DirectRepository } from './direct.repository.ts';

/** Rooms of two to eight people, in which all are alike: nobody is host, nobody is added or removed. */
@Injectable()
export class DirectService {
  constructor(
    private readonly em: EntityManager,
    private readonly profiles: ProfilesService,
    private readonly chronicle: Chronicle,
    private readonly view: RoomView,
    private readonly repository: DirectRepository,
    private readonly presence: PresenceRepository,
  ) {}

  /** The same people have one room, whoever opens it. */
  async open({ userIds }: ParsedInputOf<typeof rooms.openDirect>, call: Call): Promise<OutputOf<typeof rooms.openDirect>> {
    const actorId = requireActor(call);
    const others = [...new Set(userIds)].filter((id) => id !== actorId);
    if (others.length === 0) throw validationError([{ path: ['userIds'], message: 'must name somebody besides yourself' }]);
    const key = keyOf([actorId, ...others]);
    const known = await this.find(key, actorId);
    if (known) return known;
    const people: ProfileEntity[] = [];
    for (const userId of [actorId, ...others])
      people.push(
        requirePerson(await this.profiles.ensure(userId, call), 'Direct rooms are for people: bring a bot into a room of its own.'),
      );
    const created = await transact(this.em, (tx) => this.make(tx, key, people));
    const opened = await this.find(key, actorId);
    if (!opened) throw new AppError('internal', undefined, {}, { cause: `direct room ${key} was made and is not there` });
    return { ...opened, created };
  }

  /** Without Redis nobody is online. */
  async onlineIn(roomId: string): Promise<string[]> {
    const presences = await this.repository.presencesIn(roomId);
    const connections = await orWithout(new Map<string, Connected>(), () => this.presence.connectionsOf([...presences.keys()]));
    return [...presences].flatMap(([id, set]) => (visibleStatus(connections.get(id) ?? 'offline', set) === 'online' ? [id] : []));
  }

  private async find(directKey: string, actorId: string): Promise<OutputOf<typeof rooms.openDirect> | null> {
    const em = this.em.fork();
    const room = await em.findOne(RoomEntity, { directKey });
    if (!room) return null;
    const me = await em.findOne(MemberEntity, { roomId: room.id, userId: actorId });
    return { ...receiptOf(lastFactOf(room)), room: await this.view.one(room, me), created: false };
  }

  /** @returns false when another call has just made it */
  private async make(tx: EntityManager, directKey: string, people: readonly ProfileEntity[]): Promise<boolean> {
    await oneAtATime(tx, directKey);
    if (await tx.findOne(RoomEntity, { directKey })) return false;
    const createdBy = people[0]!.userId;
    const draft = newDirectRoom({ id: uuidv7(), directKey, createdBy, createdAt: new Date(), memberCount: people.length });
    const room = tx.create(RoomEntity, draft);
    await tx.flush();
    for (const profile of people) await this.seat(tx, room, profile);
    return true;
  }

  private async seat(tx: EntityManager, room: RoomEntity, profile: ProfileEntity): Promise<FactMark> {
    const { userId } = profile;
    const me = tx.create(MemberEntity, { roomId: room.id, userId, role: 'member', joinedAt: room.createdAt, ...NEWCOMER });
    await tx.flush();
    return this.chronicle.record(tx, room, {
      event: roomEvents.memberJoined,
      payload: { room: toRoomState(room), member: toJoined(me, profile, null) },
      actorId: room.createdBy,
      action: userId === room.createdBy ? 'room.created' : 'member.added',
      ...(userId === room.createdBy ? {} : { targetId: userId }),
    });
  }
}

/** Says of any two sets of people whether they are the same. */
function keyOf(userIds: readonly string[]): string {
  return createHash('sha256')
    .update([...userIds].sort().join(' '))
    .digest('base64url');
}
