import { AppError, type OutputOf, type ParsedInputOf, type RoomRecord, type rooms } from '@atrium/contracts';
import type { FilterQuery } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MemberEntity } from '../members/member.entity.ts';
import { Mutes } from '../mutes/mutes.repository.ts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { ProfileEntity } from '../profiles/profile.entity.ts';
import { RoomEntity } from './room.entity.ts';
import { toMembership } from './room.mapper.ts';
import { findJoined } from './joined-rooms.ts';
import { RoomView } from './room-view.service.ts';
import { RoomsAccess } from './rooms.access.ts';

const BySize = z.tuple([z.int(), z.uuid()]);

/** Everything that is asked about rooms without changing them. */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly view: RoomView,
    private readonly mutes: Mutes,
  ) {}

  /** Most members first. */
  async discover(
    actorId: string,
    { query, cursor, limit }: ParsedInputOf<typeof rooms.discover>,
  ): Promise<OutputOf<typeof rooms.discover>> {
    const after = readCursor(cursor, BySize);
    const where: FilterQuery<RoomEntity>[] = [{ visibility: 'public', archivedAt: null }, ...matching(query)];
    if (after) where.push(behind(...after));
    const found = await this.em.find(RoomEntity, { $and: where }, { orderBy: { memberCount: 'desc', id: 'desc' }, limit: limit + 1 });
    const { rows, nextCursor } = pageOf(found, limit, (room) => [room.memberCount, room.id]);
    const seats = await this.em.find(MemberEntity, { userId: actorId, roomId: { $in: rows.map((room) => room.id) } });
    return { items: await this.view.many(rows, seats), nextCursor };
  }

  /** Latest activity first. */
  async listJoined(actorId: string): Promise<{ items: RoomRecord[] }> {
    const joined = await findJoined(this.em, actorId);
    const places = new Map(joined.map(({ room, place }) => [room.id, place]));
    const rooms = joined.map(({ room }) => room);
    return { items: await this.view.withPlaces(rooms, places) };
  }

  async get(actorId: string, roomId: string): Promise<RoomRecord> {
    const { room, me } = await this.access.requireVisible(roomId, actorId);
    return this.view.one(room, me);
  }

  /** For other services, which decide themselves what a user may learn. */
  async getMembership(roomId: string, userId: string): Promise<OutputOf<typeof rooms.getMembership>> {
    const room = await this.em.findOne(RoomEntity, { id: roomId, purgedAt: null });
    if (!room) throw new AppError('room_not_found');
    const member = await this.em.findOne(MemberEntity, { roomId, userId });
    const profile = member && (await this.em.findOneOrFail(ProfileEntity, { userId }));
    const mute = member && (await this.mutes.find(this.em, roomId, userId));
    return toMembership(room, member && profile && { member, profile, mute });
  }
}

/** Rows after a place in the list. */
const behind = (memberCount: number, id: string): FilterQuery<RoomEntity> => ({
  $or: [{ memberCount: { $lt: memberCount } }, { memberCount, id: { $lt: id } }],
});

function matching(query: string): FilterQuery<RoomEntity>[] {
  if (query === '') return [];
  const pattern = { $ilike: `%${query.replace(/[\\%_]/g, '\\$&')}%` };
  return [{ $or: [{ name: pattern }, { topic: pattern }, { description: pattern }] }];
}
