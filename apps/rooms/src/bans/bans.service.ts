import { requireActor } from '@atrium/bus';
import { AppError, receiptOf, roomEvents, type Ban, type Call, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { Lobby } from '../lobby/lobby.service.ts';
import { DeparturesService } from '../members/departures.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { canActOn, canModerate } from '../members/permissions.ts';
import { RemovalEntity } from '../members/removal.entity.ts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService } from '../profiles/profiles.service.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { endOf } from '../rooms/term.ts';
import { BanEntity } from './ban.entity.ts';
import { findBan } from './find-ban.ts';

const Place = z.tuple([z.iso.datetime(), z.uuid()]);

/** Keeps people out of a room, until a time or for good. */
@Injectable()
export class BansService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly profiles: ProfilesService,
    private readonly departures: DeparturesService,
    private readonly lobby: Lobby,
    private readonly chronicle: Chronicle,
  ) {}

  /** Also somebody who is not in the room, or has just left it. */
  async ban(input: ParsedInputOf<typeof rooms.ban>, call: Call): Promise<OutputOf<typeof rooms.ban>> {
    const actorId = requireActor(call);
    const { roomId, userId, reason = null } = input;
    const until = endOf(input);
    // Asked before anybody is looked up, so that only who may ban learns who exists.
    requireModerator(await this.access.requireVisible(roomId, actorId));
    await this.profiles.ensure(userId, call);
    return transact(this.em, async (tx) => {
      const seat = await this.access.lockActive(tx, roomId, actorId);
      requireModerator(seat);
      const target = await tx.findOne(MemberEntity, { roomId, userId });
      if (userId === actorId || !canActOn(seat.me.role, target?.role ?? 'member'))
        throw new AppError('forbidden', 'You may not ban this member');
      await tx.upsert(BanEntity, { roomId, userId, bannedBy: actorId, reason, bannedAt: new Date(), until });
      await this.lobby.turnAway(tx, seat.room, userId);
      const told = { actorId, reason, until: until?.toISOString() ?? null };
      if (target) return receiptOf(await this.departures.expel(tx, seat.room, target, { ...told, how: 'banned' }));
      const fact = await this.chronicle.record(tx, seat.room, {
        event: roomEvents.outsiderBanned,
        payload: { userId, reason, until: told.until },
        actorId,
        action: 'member.banned',
        targetId: userId,
        reason,
        details: { outsider: true, ...(until && { until: told.until }) },
      });
      return receiptOf(fact);
    });
  }

  /** Also lets somebody back who was removed from a room that takes nobody back. */
  async unban({ roomId, userId, reason }: ParsedInputOf<typeof rooms.unban>, call: Call): Promise<OutputOf<typeof rooms.unban>> {
    const actorId = requireActor(call);
    return transact(this.em, async (tx) => {
      const seat = await this.access.lockActive(tx, roomId, actorId);
      requireModerator(seat);
      const wasBanned = (await findBan(tx, { roomId, userId })) !== null;
      const lifted = (await tx.nativeDelete(BanEntity, { roomId, userId })) + (await tx.nativeDelete(RemovalEntity, { roomId, userId }));
      if (lifted === 0 || (!wasBanned && seat.room.removedCanRejoin)) return receiptOf(lastFactOf(seat.room));
      const fact = await this.chronicle.record(tx, seat.room, {
        event: roomEvents.memberUnbanned,
        payload: { userId },
        actorId,
        action: 'member.unbanned',
        targetId: userId,
        reason: reason ?? null,
      });
      return receiptOf(fact);
    });
  }

  /** The latest first. */
  async list(actorId: string, { roomId, cursor, limit }: ParsedInputOf<typeof rooms.bans>): Promise<OutputOf<typeof rooms.bans>> {
    requireModerator(await this.access.requireMember(roomId, actorId));
    const place = readCursor(cursor, Place);
    const after = place && {
      $or: [{ bannedAt: { $lt: new Date(place[0]) } }, { bannedAt: new Date(place[0]), userId: { $gt: place[1] } }],
    };
    const holds = { $or: [{ until: null }, { until: { $gt: new Date() } }] };
    const where = { $and: [{ roomId }, holds, ...(after ? [after] : [])] };
    const found = await this.em.find(BanEntity, where, { orderBy: { bannedAt: 'desc', userId: 'asc' }, limit: limit + 1 });
    const { rows, nextCursor } = pageOf(found, limit, (ban) => [ban.bannedAt.toISOString(), ban.userId]);
    const people = await this.em.find(ProfileEntity, { userId: { $in: rows.map((ban) => ban.userId) } });
    const byId = new Map(people.map((person) => [person.userId, person]));
    return { items: rows.map((ban) => toBan(ban, byId.get(ban.userId)!)), nextCursor };
  }
}

function requireModerator({ me }: { me: MemberEntity | null }): void {
  if (!me || !canModerate(me.role)) throw new AppError('forbidden', 'Only the host and moderators may keep people out');
}

function toBan(ban: BanEntity, { userId, username, displayName, avatarUrl }: ProfileEntity): Ban {
  return {
    id: userId,
    username,
    displayName,
    avatarUrl,
    reason: ban.reason,
    bannedBy: ban.bannedBy,
    bannedAt: ban.bannedAt.toISOString(),
    ...(ban.until && { until: ban.until.toISOString() }),
  };
}
