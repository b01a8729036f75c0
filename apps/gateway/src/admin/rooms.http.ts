import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminRoom, rooms } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId } from '../http/ids.ts';
import { Settler } from '../rooms/settler.ts';

const RoomsQuery = rooms.adminRooms.input.omit({ roomIds: true });
const RoomBody = rooms.adminUpdateRoom.input.omit({ roomId: true });
const PurgeBody = rooms.adminPurgeRoom.input.omit({ roomId: true });
const MembersQuery = rooms.adminMembers.input;

/** What admins do with rooms. */
@Controller()
export class AdminRoomsHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  @Endpoint('GET /api/admin/rooms', {
    scope: 'admin',
    summary: 'Every room, newest first, by name and state; admins only',
    reply: rooms.adminRooms.output,
    codes: rooms.adminRooms.codes,
  })
  list(@Query({ schema: RoomsQuery }) query: z.output<typeof RoomsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.adminRooms, query, call);
  }

  @Endpoint('GET /api/admin/rooms/:roomId', {
    scope: 'admin',
    summary: 'One room; admins only',
    reply: AdminRoom,
    codes: rooms.adminRoom.codes,
  })
  get(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.adminRoom, { roomId }, call);
  }

  @Endpoint('PATCH /api/admin/rooms/:roomId', {
    scope: 'admin',
    summary: 'Archive or restore a room, or give it a host; admins only',
    reply: AdminRoom,
    codes: rooms.adminUpdateRoom.codes,
  })
  async update(@RoomId() roomId: string, @Body({ schema: RoomBody }) body: z.output<typeof RoomBody>, @Caller() call: CallOptions) {
    const { room, fact } = await this.rpc.call(rooms.adminUpdateRoom, { ...body, roomId }, call);
    await this.settler.confirm(fact, 'The room is changed', call);
    return room;
  }

  @Endpoint('POST /api/admin/rooms/:roomId/purge', {
    scope: 'admin',
    summary:
      'Remove a room for good, with its messages, its files and what the bot keeps of it; admins only. `purged` is false while people are still being taken out of a large one, which goes on by itself',
    reply: z.object({ purged: z.boolean() }),
    codes: rooms.adminPurgeRoom.codes,
  })
  async purge(@RoomId() roomId: string, @Body({ schema: PurgeBody }) { reason }: z.output<typeof PurgeBody>, @Caller() call: CallOptions) {
    const { purged, fact } = await this.rpc.call(rooms.adminPurgeRoom, { roomId, reason }, call);
    await this.settler.confirm(fact, 'The room is being purged', call);
    return { purged };
  }

  @Endpoint('GET /api/admin/members', {
    scope: 'admin',
    summary: 'Who is in which room, by room and by person; admins only',
    reply: rooms.adminMembers.output,
    codes: rooms.adminMembers.codes,
  })
  members(@Query({ schema: MembersQuery }) query: z.output<typeof MembersQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.adminMembers, query, call);
  }
}
