import { RpcClient, type CallOptions } from '@atrium/bus';
import { Room, messages, rooms } from '@atrium/contracts';
import { Body, Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomComposer } from './room.composer.ts';
import { Settler } from './settler.ts';

const DirectBody = rooms.openDirect.input;

@Controller()
export class DirectHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly composer: RoomComposer,
    private readonly settler: Settler,
  ) {}

  @Endpoint('POST /api/rooms/direct', {
    scope: 'rooms:write',
    summary: 'The direct room of the caller and one to seven others; made when they have none yet',
    reply: Room,
    status: 201,
    also: { 200: { means: 'The room that these people have already' } },
    codes: rooms.openDirect.codes,
  })
  async open(
    @Body({ schema: DirectBody }) body: z.output<typeof DirectBody>,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Room> {
    const { room, created, fact } = await this.rpc.call(rooms.openDirect, body, call);
    await this.settler.roomChanged(fact, call);
    if (!created) {
      await this.rpc.call(messages.setHidden, { roomId: room.id, hidden: false }, call);
      void reply.code(200);
    }
    return this.composer.compose(room, call);
  }
}
