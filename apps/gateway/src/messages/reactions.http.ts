import { RpcClient, type CallOptions } from '@atrium/bus';
import { Message, messages } from '@atrium/contracts';
import { Controller, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId, RoomId } from '../http/ids.ts';

const ReactionsQuery = messages.reactions.input.omit({ roomId: true, messageId: true });

@Controller()
export class ReactionsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('PUT /api/rooms/:roomId/messages/:messageId/reactions/:emoji', {
    scope: 'messages:write',
    summary: 'React to a message with one emoji',
    reply: Message,
    codes: messages.react.codes,
  })
  react(@RoomId() roomId: string, @MessageId() messageId: string, @Param('emoji') emoji: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.react, { roomId, messageId, emoji }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/messages/:messageId/reactions/:emoji', {
    scope: 'messages:write',
    summary: 'Take a reaction back',
    reply: Message,
    codes: messages.unreact.codes,
  })
  unreact(@RoomId() roomId: string, @MessageId() messageId: string, @Param('emoji') emoji: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.unreact, { roomId, messageId, emoji }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/messages/:messageId/reactions', {
    scope: 'messages:read',
    summary: 'Who reacted to a message, by emoji, the first first',
    reply: messages.reactions.output,
    codes: messages.reactions.codes,
  })
  list(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @Query({ schema: ReactionsQuery }) query: z.output<typeof ReactionsQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.reactions, { ...query, roomId, messageId }, call);
  }
}
