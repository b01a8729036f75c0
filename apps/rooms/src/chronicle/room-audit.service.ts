import { AppError, type OutputOf, type ParsedInputOf, type PersonName, type rooms } from '@atrium/contracts';
import type { FilterQuery } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { canModerate } from '../members/permissions.ts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { ProfileEntity } from '../profiles/profile.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { AuditEntity } from './audit.entity.ts';

const Place = z.tuple([z.uuid()]);
type Query = ParsedInputOf<typeof rooms.audit>;

/** What was done in a room, for those who answer for it. */
@Injectable()
export class RoomAudit {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
  ) {}

  /** The latest first: ids are made in the order of time. */
  async list(actorId: string, query: Query): Promise<OutputOf<typeof rooms.audit>> {
    const { me } = await this.access.requireMember(query.roomId, actorId);
    if (!canModerate(me.role)) throw new AppError('forbidden', 'Only the host and moderators read the audit log');
    const found = await this.em.find(AuditEntity, matching(query), { orderBy: { id: 'desc' }, limit: query.limit + 1 });
    const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.id]);
    const names = await this.namesOf(rows.flatMap((row) => [row.actorId, row.targetId].filter((id) => id !== null)));
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
    const items = rows.map(({ id, at, actorId, action, targetId, reason, details }) => ({
      ...{ id, at: at.toISOString(), actorId, action, targetId, reason, details },
      actor: nameOf(actorId),
      target: nameOf(targetId),
    }));
    return { items, nextCursor };
  }

  private async namesOf(userIds: readonly string[]): Promise<Map<string, PersonName>> {
    const profiles = await this.em.find(ProfileEntity, { userId: { $in: [...new Set(userIds)] } });
    return new Map(
      profiles.map(({ userId, username, displayName, avatarUrl }) => [userId, { id: userId, username, displayName, avatarUrl }]),
    );
  }
}

function matching({ roomId, actor, target, action, from, to, cursor, before: older }: Query): FilterQuery<AuditEntity> {
  const before = readCursor(cursor, Place)?.[0];
  const conditions: (FilterQuery<AuditEntity> | undefined)[] = [
    { roomId },
    actor === undefined ? undefined : { actorId: actor },
    target === undefined ? undefined : { targetId: target },
    action === undefined ? undefined : { action },
    from === undefined ? undefined : { at: { $gte: new Date(from) } },
    to === undefined ? undefined : { at: { $lt: new Date(to) } },
    before === undefined ? undefined : { id: { $lt: before } },
    older === undefined ? undefined : { id: { $lt: older } },
  ];
  return { $and: conditions.filter((condition) => condition !== undefined) };
}
