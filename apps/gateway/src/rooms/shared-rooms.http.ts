import { RpcClient, type CallOptions } from '@atrium/bus';
import { rooms } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { PersonId } from '../http/ids.ts';

@Controller()
export class SharedRoomsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/users/:userId/rooms', {
    scope: 'rooms:read',
    summary: 'The rooms that the caller and somebody else are both in',
    reply: rooms.sharedRooms.output,
  })
  list(@PersonId() userId: string, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.sharedRooms, { userId }, call);
  }
}
