import {
  AppError,
  receiptOf,
  roomEvents,
  validationError,
  type AdminRoom,
  type Call,
  type FactMark,
  type OutputOf,
  type ParsedInputOf,
  type rooms,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { ActingHost } from '../hosts/acting-host.service.ts';
import { moveHostRole } from '../hosts/host-role.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { Seating } from '../members/seating.service.ts';
import { pageOf, readCursor } from '@atrium/service-kit';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService, requirePerson } from '../profiles/profiles.service.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { toRoomState } from '../rooms/room.mapper.ts';
import { requireNotArchived, RoomsAccess } from '../rooms/rooms.access.ts';
import { AdminRepository } from './admin.repository.ts';
import { DisabledPeople } from './disabled-people.repository.ts';

type Update = ParsedInputOf<typeof rooms.adminUpdateRoom>;
type Change = { tx: EntityManager; room: RoomEntity; actorId: string; reason: string };

const ById = z.tuple([z.uuid()]);
const ByPlace = z.tuple([z.uuid(), z.uuid()]);

/** What admins do with rooms. Every change is in the room's own audit log, which its moderators read. */
@Injectable()
export class AdminService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly repository: AdminRepository,
    private readonly profiles: ProfilesService,
    private readonly people: DisabledPeople,
    private readonly chronicle: Chronicle,
    private readonly acting: ActingHost,
    private readonly seating: Seating,
  ) {}

  async rooms({ cursor, limit, ...filter }: ParsedInputOf<typeof rooms.adminRooms>): Promise<OutputOf<typeof rooms.adminRooms>> {
    const [before] = readCursor(cursor, ById) ?? [];
    const found = await this.repository.rooms(this.em, { ...filter, before }, limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, (room) => [room.id]);
    return { items: rows, nextCursor };
  }

  async room(roomId: string): Promise<AdminRoom> {
    const room = await this.repository.room(this.em, roomId);
    if (!room) throw new AppError('room_not_found');
    return room;
  }

  async members({ cursor, limit, ...filter }: ParsedInputOf<typeof rooms.adminMembers>): Promise<OutputOf<typeof rooms.adminMembers>> {
    const found = await this.repository.members(this.em, { ...filter, after: readCursor(cursor, ByPlace) }, limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, (member) => [member.roomId, member.userId]);
    return { items: rows, nextCursor };
  }

  async update(actorId: string, update: Update, call: Call): Promise<OutputOf<typeof rooms.adminUpdateRoom>> {
    const { roomId, archived, hostId, reason } = update;
    if (archived === undefined && hostId === undefined)
      throw validationError([{ path: ['archived'], message: 'give whether the room is archived, or who its host is' }]);
    const host = hostId === undefined ? undefined : requirePerson(await this.profiles.ensure(hostId, call), 'A bot leads no room.');
    const fact = await transact(this.em, async (tx) => {
      const room = await this.access.lock(tx, roomId);
      const change = { tx, room, actorId, reason };
      let last = lastFactOf(room);
      if (archived === false) last = (await this.restore(change)) ?? last;
      if (host && host.userId !== room.hostId) last = await this.giveHost(change, host);
      if (archived === true) last = (await this.archive(change)) ?? last;
      return last;
    });
    return { ...receiptOf(fact), room: await this.room(roomId) };
  }

  private async restore({ tx, room, actorId, reason }: Change): Promise<FactMark | undefined> {
    if (!room.archivedAt) return undefined;
    room.archivedAt = null;
    const payload = { room: toRoomState(room), changed: ['archivedAt'] };
    return this.chronicle.record(tx, room, { event: roomEvents.roomUpdated, payload, actorId, action: 'room.restored', reason });
  }

  private async archive({ tx, room, actorId, reason }: Change): Promise<FactMark | undefined> {
    if (room.archivedAt) return undefined;
    room.archivedAt = new Date();
    const payload = { archivedAt: room.archivedAt.toISOString() };
    return this.chronicle.record(tx, room, { event: roomEvents.roomArchived, payload, actorId, action: 'room.archived', reason });
  }

  /** Whoever is not in the room comes into it by this: a room that everybody left gets its people back through its host. */
  private async giveHost(change: Change, to: ProfileEntity): Promise<FactMark> {
    const { tx, room, actorId, reason } = change;
    if (room.kind === 'direct') throw new AppError('forbidden', 'A direct room has no host.');
    requireNotArchived(room);
    if (await this.people.includes(tx, to.userId)) throw new AppError('user_not_found', 'This account is disabled.');
    const seat = await tx.findOne(MemberEntity, { roomId: room.id, userId: to.userId });
    const member = seat ?? (await this.seat(change, to));
    this.acting.set(tx, room, null);
    // Whoever comes into an empty room is its host by that.
    if (member.role === 'host') {
      this.chronicle.note(tx, { roomId: room.id, actorId, action: 'host.changed', targetId: to.userId, reason });
      return lastFactOf(room);
    }
    const hostChange = await moveHostRole(tx, room, member);
    return this.chronicle.record(tx, room, {
      event: roomEvents.hostChanged,
      payload: hostChange,
      actorId,
      action: 'host.changed',
      targetId: to.userId,
      reason,
      details: { ...hostChange },
    });
  }

  private async seat({ tx, room, actorId, reason }: Change, to: ProfileEntity): Promise<MemberEntity> {
    const { me } = await this.seating.seat(tx, room, to, { actorId, action: 'member.added', details: { reason } });
    await tx.flush();
    return me;
  }
}
