import { RpcClient, type CallOptions } from '@atrium/bus';
import { SavedMessage, messages } from '@atrium/contracts';
import { Controller, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId, RoomId } from '../http/ids.ts';

const ThreadsQuery = messages.myThreads.input;
const SavedQuery = messages.saved.input;

/** What the caller keeps track of: threads followed and messages saved, over all rooms. */
@Controller()
export class PersonalHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/me/threads', {
    scope: 'messages:read',
    summary: 'Threads of all of the caller’s rooms, by latest reply',
    reply: messages.myThreads.output,
    codes: messages.myThreads.codes,
  })
  threads(@Query({ schema: ThreadsQuery }) query: z.output<typeof ThreadsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.myThreads, query, call);
  }

  @Endpoint('GET /api/rooms/:roomId/messages/:messageId/follow', {
    scope: 'messages:read',
    summary: 'Whether the caller follows a thread',
    reply: messages.following.output,
    codes: messages.following.codes,
  })
  following(@RoomId() roomId: string, @MessageId() messageId: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.following, { roomId, messageId }, call);
  }

  @Endpoint('PUT /api/rooms/:roomId/messages/:messageId/follow', {
    scope: 'messages:write',
    summary: 'Follow a thread',
    codes: messages.follow.codes,
  })
  async follow(@RoomId() roomId: string, @MessageId() messageId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(messages.follow, { roomId, messageId, following: true }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/messages/:messageId/follow', {
    scope: 'messages:write',
    summary: 'Leave a thread, until named in it',
    codes: messages.follow.codes,
  })
  async unfollow(@RoomId() roomId: string, @MessageId() messageId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(messages.follow, { roomId, messageId, following: false }, call);
  }

  @Endpoint('GET /api/me/saved', {
    scope: 'messages:read',
    summary: 'Messages the caller keeps for later, those kept last first',
    reply: messages.saved.output,
    codes: messages.saved.codes,
  })
  saved(@Query({ schema: SavedQuery }) query: z.output<typeof SavedQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.saved, query, call);
  }

  @Endpoint('PUT /api/me/saved/:messageId', {
    scope: 'messages:write',
    summary: 'Keep a message for later',
    reply: SavedMessage,
    codes: messages.save.codes,
  })
  save(@MessageId() messageId: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.save, { messageId }, call);
  }

  @Endpoint('DELETE /api/me/saved/:messageId', {
    scope: 'messages:write',
    summary: 'Keep a message no longer',
    codes: messages.unsave.codes,
  })
  async unsave(@MessageId() messageId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(messages.unsave, { messageId }, call);
  }
}
