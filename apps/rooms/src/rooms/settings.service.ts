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
import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { lookAgain } from '../hosts/acting-host.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { canArchive, canChangeSettings, canToggleBot, isActing } from '../members/permissions.ts';
import type { RoomEntity } from './room.entity.ts';
import { toRoomState, toSettings } from './room.mapper.ts';
import { RoomView } from './room-view.service.ts';
import { RoomsAccess, type Seat } from './rooms.access.ts';

type Update = Omit<ParsedInputOf<typeof rooms.update>, 'roomId'>;

/** What a host decides about a room. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly hasher: PasswordHasher,
    private readonly chronicle: Chronicle,
    private readonly view: RoomView,
  ) {}

  /** Applies what differs; a new password ejects nobody. */
  async update({ roomId, ...update }: ParsedInputOf<typeof rooms.update>, call: Call): Promise<OutputOf<typeof rooms.update>> {
    const actorId = requireActor(call);
    const passwordHash = await this.hashFor(roomId, actorId, update.password);
    const { room, me, fact } = await transact(this.em, async (tx) => {
      const seat = await this.access.lockActive(tx, roomId, actorId);
      requireMay(mayUpdate(seat, update), 'Only the host may change the settings');
      const changed = apply(seat.room, update, passwordHash);
      // How long a host may be away may have been decided anew.
      if (changed.includes('hostAwayDays')) await lookAgain(tx, roomId);
      return { ...seat, fact: changed.length > 0 ? await this.tellUpdate(tx, seat.room, actorId, changed) : lastFactOf(seat.room) };
    });
    return { ...receiptOf(fact), room: await this.view.one(room, me) };
  }

  /** For the host, and for an administrator who need not be in the room. */
  async archive(roomId: string, call: Call): Promise<OutputOf<typeof rooms.archive>> {
    const actorId = requireActor(call);
    const isAdmin = call.actorRole === 'admin';
    const fact = await transact(this.em, async (tx) => {
      const room = await this.access.lock(tx, roomId);
      const me = await tx.findOne(MemberEntity, { roomId, userId: actorId });
      if (!me && !isAdmin && room.visibility === 'private') throw new AppError('room_not_found');
      requireMay(canArchive(me?.role ?? null, isAdmin), 'Only the host may archive the room');
      if (room.archivedAt) return lastFactOf(room);
      room.archivedAt = new Date();
      return this.chronicle.record(tx, room, {
        event: roomEvents.roomArchived,
        payload: { archivedAt: room.archivedAt.toISOString() },
        actorId,
        action: 'room.archived',
      });
    });
    return receiptOf(fact);
  }

  /** Sets the bot on or off; without a wish, flips. */
  async toggleBot(roomId: string, wish: boolean | undefined, call: Call): Promise<OutputOf<typeof rooms.toggleBot>> {
    const actorId = requireActor(call);
    return transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockActive(tx, roomId, actorId);
      requireMay(canToggleBot(me.role), 'Only the host and moderators may switch the bot');
      const enabled = wish ?? !room.botEnabled;
      if (enabled === room.botEnabled) return { ...receiptOf(lastFactOf(room)), botEnabled: enabled };
      room.botEnabled = enabled;
      return { ...receiptOf(await this.tellBot(tx, room, actorId)), botEnabled: enabled };
    });
  }

  /** Hashing costs too much to do it for someone who may not change anything. */
  private async hashFor(roomId: string, actorId: string, password: Update['password']): Promise<string | null | undefined> {
    if (typeof password !== 'string') return password;
    const { me } = await this.access.requireVisible(roomId, actorId);
    requireMay(me !== null && canChangeSettings(me.role), 'Only the host may change the settings');
    return this.hasher.hash(password);
  }

  private async tellUpdate(tx: EntityManager, room: RoomEntity, actorId: string, changed: string[]): Promise<FactMark> {
    const fact = await this.chronicle.record(tx, room, {
      event: roomEvents.roomUpdated,
      payload: { room: toRoomState(room), changed },
      actorId,
      action: 'room.updated',
      details: { changed, to: valuesOf(room, changed) },
    });
    // Whoever acts on the bot listens for this alone.
    return changed.includes('botEnabled') ? this.tellBot(tx, room, actorId) : fact;
  }

  private tellBot(tx: EntityManager, room: RoomEntity, actorId: string): Promise<FactMark> {
    const enabled = room.botEnabled;
    return this.chronicle.record(tx, room, {
      event: roomEvents.botToggled,
      payload: { enabled },
      actorId,
      action: 'bot.toggled',
      details: { enabled },
    });
  }
}

/** Who acts for a host who is away may lock the room, and no more. */
function mayUpdate({ room, me }: Seat, update: Update): boolean {
  if (canChangeSettings(me.role)) return true;
  const wanted = Object.entries(update).filter(([, value]) => value !== undefined);
  return isActing(room, me) && wanted.every(([key]) => key === 'locked');
}

/** @returns the names of what is now different */
function apply(room: RoomEntity, { password: _password, ...settings }: Update, passwordHash: string | null | undefined): string[] {
  const current: Record<string, unknown> = toSettings(room);
  const changes = Object.entries(settings).filter(([key, value]) => value !== undefined && current[key] !== value);
  Object.assign(room, Object.fromEntries(changes));
  const changed = changes.map(([key]) => key);
  if (passwordHash === undefined || (passwordHash === null && room.passwordHash === null)) return changed;
  room.passwordHash = passwordHash;
  return [...changed, 'password'];
}

/** What the changed settings are now; a password is none of them. */
function valuesOf(room: RoomEntity, changed: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(toSettings(room)).filter(([key]) => changed.includes(key)));
}

function requireMay(allowed: boolean, detail: string): void {
  if (!allowed) throw new AppError('forbidden', detail);
}
