import { RpcClient, type CallOptions } from '@atrium/bus';
import { Member, Room, listOf, rooms } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, UserId } from '../http/ids.ts';
import { RoomComposer } from './room.composer.ts';
import { Settler } from './settler.ts';

const MembersQuery = rooms.members.input.omit({ roomId: true });
const RoleBody = rooms.setRole.input.pick({ role: true });
const HostBody = rooms.handOver.input.pick({ userId: true });
const KickBody = rooms.kick.input.pick({ reason: true });

@Controller()
export class MembersHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly composer: RoomComposer,
    private readonly settler: Settler,
  ) {}

  @Endpoint('GET /api/rooms/:roomId/members', {
    scope: 'rooms:read',
    summary: 'Who is in the room',
    reply: listOf(Member),
    codes: rooms.members.codes,
  })
  list(@RoomId() roomId: string, @Query({ schema: MembersQuery }) query: z.output<typeof MembersQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.members, { ...query, roomId }, call);
  }

  @Endpoint('PATCH /api/rooms/:roomId/members/:userId', {
    scope: 'rooms:write',
    summary: 'Make a member a moderator, or a moderator a member; the host only',
    reply: Member,
    codes: rooms.setRole.codes,
  })
  async setRole(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: RoleBody }) body: z.output<typeof RoleBody>,
    @Caller() call: CallOptions,
  ) {
    const { member, fact } = await this.rpc.call(rooms.setRole, { ...body, roomId, userId }, call);
    await this.settler.confirm(fact, 'The role is changed', call);
    return member;
  }

  @Endpoint('POST /api/rooms/:roomId/host', {
    scope: 'rooms:write',
    summary: 'Hand the host role over',
    reply: Room,
    codes: rooms.handOver.codes,
  })
  async handOver(@RoomId() roomId: string, @Body({ schema: HostBody }) body: z.output<typeof HostBody>, @Caller() call: CallOptions) {
    const { room, fact } = await this.rpc.call(rooms.handOver, { ...body, roomId }, call);
    await this.settler.confirm(fact, 'The host role is handed over', call);
    return this.composer.compose(room, call);
  }

  @Endpoint('POST /api/rooms/:roomId/members/:userId/kick', {
    scope: 'rooms:write',
    summary: 'Remove someone from the room',
    codes: rooms.kick.codes,
  })
  async kick(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: KickBody }) body: z.output<typeof KickBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(rooms.kick, { ...body, roomId, userId }, call);
    await this.settler.confirm(fact, 'The member is removed', call);
  }
}
