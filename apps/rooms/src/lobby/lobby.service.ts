import { Signals } from '@atrium/bus';
import { AppError, roomSignals, type LobbyOutcome, type Waiting } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { RoomsConfig } from '../config.ts';
import type { InviteEntity } from '../invites/invite.entity.ts';
import { MemberEntity } from '../members/member.entity.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { RoomEntity } from '../rooms/room.entity.ts';
import { LobbyRequestEntity } from './lobby-request.entity.ts';

type Door = Pick<RoomEntity, 'id' | 'name' | 'topic' | 'actingHostId'>;

/** Who waits at the doors of rooms, and telling those whom it concerns. */
@Injectable()
export class Lobby {
  constructor(
    private readonly em: EntityManager,
    private readonly signals: Signals,
    @Inject(CONFIG) private readonly config: RoomsConfig,
  ) {}

  /** Notes that somebody wants to come in; asking again changes nothing. @returns what they are told */
  async ask(tx: EntityManager, room: RoomEntity, { userId }: ProfileEntity, invite: InviteEntity | null): Promise<AppError> {
    const former = await this.find(tx, room.id, userId);
    const requestedAt = new Date();
    const expiresAt = new Date(requestedAt.getTime() + this.config.ROOMS_LOBBY_SECONDS * 1000);
    const request = former ?? { roomId: room.id, userId, requestedAt, expiresAt, inviteCode: invite?.code ?? null };
    if (!former) {
      await tx.upsert(LobbyRequestEntity, request);
      await this.tell(tx, room, userId, 'waiting');
    }
    return new AppError('waiting_in_lobby', undefined, { waiting: toWaiting(room, request) });
  }

  find(em: EntityManager, roomId: string, userId: string): Promise<LobbyRequestEntity | null> {
    return em.findOne(LobbyRequestEntity, { roomId, userId, expiresAt: { $gt: new Date() } });
  }

  /** Who came first stands first. */
  list(em: EntityManager, roomId: string): Promise<LobbyRequestEntity[]> {
    return em.find(LobbyRequestEntity, { roomId, expiresAt: { $gt: new Date() } }, { orderBy: { requestedAt: 'asc', userId: 'asc' } });
  }

  /** Ends somebody's waiting without letting them in. @returns whether they waited */
  async turnAway(tx: EntityManager, room: Door, userId: string, status: LobbyOutcome = 'denied'): Promise<boolean> {
    const ended = await tx.nativeDelete(LobbyRequestEntity, { roomId: room.id, userId, expiresAt: { $gt: new Date() } });
    if (ended > 0) await this.tell(tx, room, userId, status);
    return ended > 0;
  }

  /** Ends what has waited for too long, and says so. */
  async lapse(): Promise<void> {
    await transact(this.em, async (tx) => {
      const lapsed = await tx.execute<{ room_id: string; user_id: string }[]>(
        'delete from lobby_requests where expires_at <= now() returning room_id, user_id',
      );
      if (lapsed.length === 0) return;
      const rooms = await tx.find(RoomEntity, { id: { $in: lapsed.map(({ room_id }) => room_id) } });
      const byId = new Map(rooms.map((room) => [room.id, room]));
      for (const { room_id, user_id } of lapsed) await this.tell(tx, byId.get(room_id)!, user_id, 'lapsed');
    });
  }

  /** Tells whoever waits, and those who may let people in, once it is committed. */
  async tell(tx: EntityManager, room: Door, userId: string, status: LobbyOutcome): Promise<void> {
    const moderators = await tx.find(MemberEntity, { roomId: room.id, role: { $ne: 'member' } });
    const waiting = await tx.count(LobbyRequestEntity, { roomId: room.id, expiresAt: { $gt: new Date() } });
    const acting = room.actingHostId === null ? [] : [room.actingHostId];
    const moderatorIds = [...new Set([...moderators.map((member) => member.userId), ...acting])];
    afterCommit(tx, () => this.signals.send(roomSignals.lobby, { roomId: room.id, userId, status, waiting, moderatorIds }));
  }
}

export function toWaiting({ id, name, topic }: Door, request: Pick<LobbyRequestEntity, 'requestedAt' | 'expiresAt'>): Waiting {
  const [requestedAt, expiresAt] = [request.requestedAt.toISOString(), request.expiresAt.toISOString()];
  return { status: 'waiting', room: { id, name, topic }, requestedAt, expiresAt };
}
