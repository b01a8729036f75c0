import { RpcClient, type CallOptions } from '@atrium/bus';
import { Command, CommandCheck, CommandDraftText, CommandRun, bot } from '@atrium/contracts';
import { Body, Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId } from '../http/ids.ts';
import { SendLimits } from '../limits/send-limits.ts';
import { requireCommandScope } from './command-scopes.ts';

@Controller()
export class CommandsHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: SendLimits,
  ) {}

  @Endpoint('GET /api/rooms/:roomId/commands', {
    scope: 'rooms:read',
    summary: 'What the room bot understands',
    reply: z.object({ items: z.array(Command) }),
    codes: bot.commands.codes,
  })
  commands(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.commands, { roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/commands/check', {
    scope: 'rooms:read',
    summary: 'Read a command without running it: what would be refused, and what its times mean',
    reply: CommandCheck,
    codes: bot.checkCommand.codes,
  })
  check(
    @RoomId() roomId: string,
    @Body({ schema: CommandDraftText }) input: z.output<typeof CommandDraftText>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.checkCommand, { ...input, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/commands', {
    scope: 'messages:write',
    summary: 'Run a command without posting it; the answer is a note for the caller, or the message that it posted',
    reply: bot.run.output,
    idempotencyKey: true,
    codes: bot.run.codes,
  })
  async run(
    @RoomId() roomId: string,
    @Body({ schema: CommandRun }) input: CommandRun,
    @IdempotencyKey() key: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
  ) {
    requireCommandScope(request.identity?.scopes, input.text);
    await this.limits.count(call.actorId!, roomId);
    return this.rpc.call(bot.run, { ...input, clientId: input.clientId ?? key, roomId }, call);
  }
}
