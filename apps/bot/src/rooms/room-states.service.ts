import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, rooms, type OutputOf, type TimelineEntry } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RoomStatesRepository, type RoomState } from './room-states.repository.ts';

export type Membership = OutputOf<typeof rooms.getMembership>;
export type KnownRoomState = RoomState & { botEnabled: boolean };

/** A projection of what the bot must know before it reads or writes anything in a room. */
@Injectable()
export class RoomStatesService {
  constructor(
    private readonly em: EntityManager,
    private readonly states: RoomStatesRepository,
    private readonly rpc: RpcClient,
  ) {}

  /** Takes in what an entry says about the room itself. */
  async apply(roomId: string, entry: TimelineEntry): Promise<void> {
    if (entry.type === 'member.joined') return this.states.noteJoin(this.em, roomId, entry.seq);
    const enabled = switchedTo(entry);
    if (enabled !== undefined) await this.states.toggle(this.em, roomId, { seq: entry.seq, enabled });
  }

  /** The room's state; a room met for the first time is asked for, on behalf of `userId`. Null for a room that is gone. */
  async get(roomId: string, userId: string): Promise<KnownRoomState | null> {
    const state = await this.states.get(this.em, roomId);
    if (state.botEnabled !== null) return { ...state, botEnabled: state.botEnabled };
    const membership = await this.findMembership(roomId, userId);
    if (!membership) return null;
    await this.states.learn(this.em, roomId, membership.room.botEnabled);
    return { ...state, botEnabled: membership.room.botEnabled };
  }

  /**
   * The room's state if the bot was on when the entry `seq` was written, else null: what was said while it was off stays
   * unread. Another instance may still be taking in that it was switched on, so before it keeps silent it asks rooms.
   * @throws AppError `service_unavailable` until that is taken in: the entry comes again
   */
  async whenOn(roomId: string, userId: string, seq: number): Promise<KnownRoomState | null> {
    const state = await this.get(roomId, userId);
    if (!state || seq <= state.toggledSeq) return null;
    if (state.botEnabled) return state;
    const membership = await this.findMembership(roomId, userId);
    if (membership?.room.botEnabled) throw new AppError('service_unavailable', 'The bot was switched on, and its log does not say so yet.');
    return null;
  }

  /** What rooms says now of the room and of somebody in it; null when there is no such room. */
  async findMembership(roomId: string, userId: string): Promise<Membership | null> {
    try {
      return await this.rpc.call(rooms.getMembership, { roomId, userId }, systemCall());
    } catch (error) {
      if (error instanceof AppError && error.code === 'room_not_found') return null;
      throw error;
    }
  }
}

/** Whether an entry switches the bot on or off; undefined when it does neither. */
export function switchedTo(entry: TimelineEntry): boolean | undefined {
  if (entry.type === 'bot.toggled') return entry.enabled;
  if (entry.type !== 'room.updated' || !entry.changed.includes('botEnabled')) return undefined;
  const enabled = entry.room['botEnabled'];
  return typeof enabled === 'boolean' ? enabled : undefined;
}
