import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type Call } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Membership } from '../rooms/room-states.service.ts';
import { i18n } from '../words/words.ts';

export type Place = { room: Membership['room']; member: NonNullable<Membership['member']> };

/** Who may do what with the bot of a room: nothing without being in it. A private room does not exist for anyone else. */
@Injectable()
export class CommandsAccess {
  constructor(private readonly rpc: RpcClient) {}

  async requireMember(userId: string, roomId: string, call: Call): Promise<Place> {
    const { room, member } = await this.rpc.call(rooms.getMembership, { roomId, userId }, call);
    if (member) return { room, member };
    throw new AppError(room.visibility === 'public' ? 'not_a_member' : 'room_not_found');
  }

  async requireModerator(userId: string, roomId: string, call: Call): Promise<Place> {
    const place = await this.requireMember(userId, roomId, call);
    if (place.member.role === 'member') throw new AppError('forbidden', i18n.t('Only the host and moderators may do this.'));
    return place;
  }

  /** A member who may speak, of a room that is open. */
  async requireMayRun(userId: string, roomId: string, call: Call): Promise<Place> {
    const place = await this.requireMember(userId, roomId, call);
    if (place.room.archivedAt) throw new AppError('room_archived');
    if (place.member.bot) throw new AppError('forbidden', i18n.t('A bot runs no commands: two of them could go on for ever.'));
    const mutedUntil = place.member.mutedUntil ?? undefined;
    if (isMuted(place.member))
      throw new AppError('muted', i18n.t('You are muted in this room until {time}.', { time: String(mutedUntil) }), { mutedUntil });
    return place;
  }

  /** Whoever has the bot say something to the room speaks to it. */
  requireMayPost(place: Place): void {
    if (!isAllowedToPost(place)) throw new AppError('posting_restricted');
  }

  /** Whether what somebody once had the bot say later may be said to the room now. */
  maySpeakNow(place: Place): boolean {
    return isAllowedToPost(place) && !isMuted(place.member);
  }
}

const isAllowedToPost = ({ room, member }: Place): boolean => room.whoCanPost !== 'moderators' || member.role !== 'member';

const isMuted = ({ mutedUntil }: Place['member']): boolean => Boolean(mutedUntil && new Date(mutedUntil) > new Date());
