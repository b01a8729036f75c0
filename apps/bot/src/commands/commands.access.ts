import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type Call } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Membership } from '../rooms/room-states.service.ts';

/** Who may see a room's commands: its members. A private room does not exist for anyone else. */
@Injectable()
export class CommandsAccess {
  constructor(private readonly rpc: RpcClient) {}

  async requireMember(userId: string, roomId: string, call: Call): Promise<NonNullable<Membership['member']>> {
    const { room, member } = await this.rpc.call(rooms.getMembership, { roomId, userId }, call);
    if (member) return member;
    throw new AppError(room.visibility === 'public' ? 'not_a_member' : 'room_not_found');
  }
}
