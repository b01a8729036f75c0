import { requireActor } from '@atrium/bus';
import {
  AppError,
  MAX_MUTE_SECONDS,
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
import { getMember } from '../members/members.service.ts';
import { authorityOf, canActOn, canModerate } from '../members/permissions.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { endOf, invalid } from '../rooms/term.ts';
import { MuteEntity } from './mute.entity.ts';
import { Mutes } from './mutes.repository.ts';

const MAX_MUTE_MS = MAX_MUTE_SECONDS * 1000;
/** What a caller's clock may be ahead. */
const CLOCK_MS = 60_000;

type Mute = { userId: string; mutedUntil: string | null; reason: string | null };

/** Silences members until a time. */
@Injectable()
export class MutesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly chronicle: Chronicle,
    private readonly mutes: Mutes,
  ) {}

  /** Without a time, for as long as a mute may last. */
  async mute(input: ParsedInputOf<typeof rooms.mute>, call: Call): Promise<OutputOf<typeof rooms.mute>> {
    const { roomId, userId, reason = null } = input;
    const latest = Date.now() + MAX_MUTE_MS;
    const until = endOf(input) ?? new Date(latest);
    if (until.getTime() > latest + CLOCK_MS) throw invalid('until', 'must lie at most 28 days ahead');
    return this.change({ roomId, userId }, call, async (tx, room, actorId) => {
      await tx.upsert(MuteEntity, { roomId, userId, until, reason });
      return this.tell(tx, room, actorId, { userId, mutedUntil: until.toISOString(), reason });
    });
  }

  async unmute({ roomId, userId, reason }: ParsedInputOf<typeof rooms.unmute>, call: Call): Promise<OutputOf<typeof rooms.unmute>> {
    return this.change({ roomId, userId }, call, async (tx, room, actorId) => {
      const mute = await this.mutes.find(tx, roomId, userId);
      if (!mute) return lastFactOf(room);
      await tx.remove(mute).flush();
      return this.tell(tx, room, actorId, { userId, mutedUntil: null, reason: reason ?? null });
    });
  }

  private async change(
    { roomId, userId }: { roomId: string; userId: string },
    call: Call,
    apply: (tx: EntityManager, room: RoomEntity, actorId: string) => Promise<FactMark>,
  ): Promise<OutputOf<typeof rooms.mute>> {
    const actorId = requireActor(call);
    return transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockActive(tx, roomId, actorId);
      const authority = authorityOf(room, me);
      if (!canModerate(authority)) throw new AppError('forbidden', 'Only the host and moderators may mute someone');
      const target = await getMember(tx, roomId, userId);
      if (userId === actorId || !canActOn(authority, target.role)) throw new AppError('forbidden', 'You may not mute this member');
      return receiptOf(await apply(tx, room, actorId));
    });
  }

  private tell(tx: EntityManager, room: RoomEntity, actorId: string, mute: Mute): Promise<FactMark> {
    return this.chronicle.record(tx, room, {
      event: roomEvents.memberMuted,
      payload: mute,
      actorId,
      action: mute.mutedUntil === null ? 'member.unmuted' : 'member.muted',
      targetId: mute.userId,
      reason: mute.reason,
      details: mute.mutedUntil === null ? {} : { until: mute.mutedUntil },
    });
  }
}
