import { randomBytes } from 'node:crypto';
import { requireActor } from '@atrium/bus';
import { AppError, type Call, type Invite, type InvitePreview, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import { canModerate } from '../members/permissions.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { RoomsAccess, type Seat } from '../rooms/rooms.access.ts';
import { endOf } from '../rooms/term.ts';
import { InviteEntity } from './invite.entity.ts';
import { flawOf, nameOf } from './invite-rules.ts';

/** Longer lists help nobody; what is no longer needed can be taken back. */
const SHOWN = 200;

/** Codes that let people into a room. */
@Injectable()
export class InvitesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly chronicle: Chronicle,
  ) {}

  async create(input: ParsedInputOf<typeof rooms.createInvite>, call: Call): Promise<Invite> {
    const actorId = requireActor(call);
    const { roomId, expiresAt, maxUses = null, idempotencyKey = null } = input;
    return transact(this.em, async (tx) => {
      requireModerator(await this.access.lockActive(tx, roomId, actorId));
      const former = idempotencyKey && (await tx.findOne(InviteEntity, { createdBy: actorId, roomId, idempotencyKey }));
      if (former) return repeat(former, { expiresAt, maxUses });
      const invite = tx.create(InviteEntity, {
        code: randomBytes(16).toString('base64url'),
        roomId,
        createdBy: actorId,
        createdAt: new Date(),
        expiresAt: endOf({ until: expiresAt }),
        maxUses,
        uses: 0,
        revokedAt: null,
        idempotencyKey,
      });
      const details = { invite: nameOf(invite), expiresAt: expiresAt ?? null, maxUses };
      this.chronicle.note(tx, { roomId, actorId, action: 'invite.created', details });
      return toInvite(invite);
    });
  }

  async list(actorId: string, roomId: string): Promise<OutputOf<typeof rooms.invites>> {
    requireModerator(await this.access.requireMember(roomId, actorId));
    const found = await this.em.find(InviteEntity, { roomId, revokedAt: null }, { orderBy: { createdAt: 'desc' }, limit: SHOWN });
    return { items: found.filter((invite) => flawOf(invite) === null).map(toInvite) };
  }

  /** Taking back what was taken back changes nothing. */
  async revoke({ roomId, code }: ParsedInputOf<typeof rooms.revokeInvites>, call: Call): Promise<void> {
    const actorId = requireActor(call);
    await transact(this.em, async (tx) => {
      requireModerator(await this.access.lockActive(tx, roomId, actorId));
      const found = await tx.find(InviteEntity, code === undefined ? { roomId, revokedAt: null } : { roomId, code });
      if (code !== undefined && found.length === 0) throw new AppError('invite_not_found');
      for (const invite of found.filter(({ revokedAt }) => revokedAt === null)) {
        invite.revokedAt = new Date();
        this.chronicle.note(tx, { roomId, actorId, action: 'invite.revoked', details: { invite: nameOf(invite) } });
      }
    });
  }

  /** For anyone who holds the code: which room it is, and whether it still lets people in. */
  async preview(code: string): Promise<InvitePreview> {
    const invite = await this.em.findOne(InviteEntity, { code });
    const room = invite && (await this.em.findOne(RoomEntity, { id: invite.roomId, purgedAt: null }));
    if (!room) throw new AppError('invite_not_found');
    const problem = room.archivedAt ? 'room_archived' : (flawOf(invite) ?? obstacleOf(room));
    return {
      roomId: room.id,
      name: room.name,
      topic: room.topic,
      valid: problem === null,
      ...(problem && { problem }),
      ...(invite.expiresAt && { expiresAt: invite.expiresAt.toISOString() }),
    };
  }
}

/** What keeps everybody out for now. */
function obstacleOf(room: RoomEntity): 'room_locked' | 'room_full' | null {
  if (room.locked) return 'room_locked';
  return room.memberCount >= room.maxMembers ? 'room_full' : null;
}

function repeat(former: InviteEntity, { expiresAt, maxUses }: { expiresAt: string | undefined; maxUses: number | null }): Invite {
  const same = former.maxUses === maxUses && (former.expiresAt?.getTime() ?? null) === (expiresAt ? Date.parse(expiresAt) : null);
  if (!same) throw new AppError('idempotency_conflict');
  return toInvite(former);
}

function requireModerator({ me }: Seat): void {
  if (!canModerate(me.role)) throw new AppError('forbidden', 'Only the host and moderators may invite people');
}

function toInvite({ code, createdBy, createdAt, expiresAt, maxUses, uses }: InviteEntity): Invite {
  return {
    code,
    createdBy,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(maxUses !== null && { maxUses }),
    uses,
  };
}
