import { createHash } from 'node:crypto';
import { requireActor } from '@atrium/bus';
import { AppError, receiptOf, roomEvents, type Call, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact, uuidv7 } from '@atrium/database';
import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { MemberEntity, NEWCOMER } from '../members/member.entity.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService, requirePerson } from '../profiles/profiles.service.ts';
import { DEFAULTS, newLinkKey } from './new-room.ts';
import { RoomCreationEntity } from './room-creation.entity.ts';
import { RoomEntity } from './room.entity.ts';
import { toJoined, toRoomState } from './room.mapper.ts';
import { RoomView } from './room-view.service.ts';
import { RoomsAccess } from './rooms.access.ts';

type CreateInput = ParsedInputOf<typeof rooms.create>;
type Created = OutputOf<typeof rooms.create>;
type Settings = Omit<CreateInput, 'password' | 'idempotencyKey'>;

/** Makes rooms. */
@Injectable()
export class RoomsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly profiles: ProfilesService,
    private readonly hasher: PasswordHasher,
    private readonly chronicle: Chronicle,
    private readonly view: RoomView,
  ) {}

  /** The creator is host. The same idempotency key answers the same room, for ever. */
  async create(input: CreateInput, call: Call): Promise<Created> {
    const actorId = requireActor(call);
    const { password, idempotencyKey, ...settings } = input;
    const former = await this.findCreation(actorId, idempotencyKey);
    if (former) return this.repeat(former, settings, password);

    const profile = await this.profiles.ensure(actorId, call);
    requirePerson(profile, 'A bot makes no rooms.');
    const passwordHash = password ? await this.hasher.hash(password) : null;
    const creation = { userId: actorId, roomId: uuidv7(), passwordHash, digest: digestOf(settings), createdAt: new Date(), idempotencyKey };
    const made = await transact(this.em, async (tx) => {
      if (!(await claim(tx, creation))) return null;
      return this.store(tx, newRoom(creation, settings), profile);
    });
    if (made) return { ...receiptOf(made.fact), room: await this.view.one(made.room, made.me) };
    // The same key is being used at this very moment by a call that has just committed.
    const winner = await this.findCreation(actorId, idempotencyKey);
    if (!winner) throw new AppError('service_unavailable', 'The room is being made; try again');
    return this.repeat(winner, settings, password);
  }

  private async store(tx: EntityManager, data: RoomEntity, profile: ProfileEntity) {
    const room = tx.create(RoomEntity, data);
    await tx.flush();
    const me = tx.create(MemberEntity, { roomId: room.id, userId: room.createdBy, role: 'host', joinedAt: room.createdAt, ...NEWCOMER });
    await tx.flush();
    const fact = await this.chronicle.record(tx, room, {
      event: roomEvents.memberJoined,
      payload: { room: toRoomState(room), member: toJoined(me, profile, null) },
      actorId: room.createdBy,
      action: 'room.created',
    });
    return { room, me, fact };
  }

  private async findCreation(userId: string, idempotencyKey: string | undefined): Promise<RoomCreationEntity | null> {
    return idempotencyKey ? this.em.findOne(RoomCreationEntity, { userId, idempotencyKey }) : null;
  }

  private async repeat(creation: RoomCreationEntity, settings: Settings, password: string | null | undefined): Promise<Created> {
    const samePassword = creation.passwordHash ? !!password && (await this.hasher.verify(creation.passwordHash, password)) : !password;
    if (creation.digest !== digestOf(settings) || !samePassword) throw new AppError('idempotency_conflict');
    // The key proves who made the room, not that they are still in it.
    const { room, me } = await this.access.requireVisible(creation.roomId, creation.userId);
    return { ...receiptOf(lastFactOf(room)), room: await this.view.one(room, me) };
  }
}

type NewCreation = Pick<RoomCreationEntity, 'userId' | 'roomId' | 'passwordHash' | 'digest' | 'createdAt'> & {
  idempotencyKey: string | undefined;
};

/** Takes the key, waiting for whoever is taking it just now. @returns false when it was taken before */
async function claim(tx: EntityManager, creation: NewCreation): Promise<boolean> {
  if (!creation.idempotencyKey) return true;
  const taken = await tx.execute<unknown[]>(
    `insert into room_creations (user_id, idempotency_key, digest, password_hash, room_id, created_at)
     values (?, ?, ?, ?, ?, ?) on conflict do nothing returning room_id`,
    [creation.userId, creation.idempotencyKey, creation.digest, creation.passwordHash, creation.roomId, creation.createdAt],
  );
  return taken.length > 0;
}

function newRoom(creation: NewCreation, settings: Settings): RoomEntity {
  return {
    ...DEFAULTS,
    ...given(settings),
    id: creation.roomId,
    kind: 'room',
    directKey: null,
    version: 0,
    name: settings.name,
    passwordHash: creation.passwordHash,
    hostId: creation.userId,
    actingHostId: null,
    actingRevision: 0,
    linkKey: newLinkKey(),
    memberCount: 1,
    lastActivityAt: creation.createdAt,
    createdBy: creation.userId,
    createdAt: creation.createdAt,
    archivedAt: null,
    purgedAt: null,
  };
}

/** What a body says, whatever the order it says it in. */
function digestOf(settings: Settings): string {
  const sorted = Object.entries(given(settings)).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function given<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>;
}
