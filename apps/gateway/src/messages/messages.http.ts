import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, Message, MessageDraft, PageQuery, TimelineQuery, messages, pageOf } from '@atrium/contracts';
import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId, RoomId } from '../http/ids.ts';
import { SendLimits } from '../limits/send-limits.ts';
import { Typists } from '../rooms/typists.ts';

const PinBody = messages.pin.input.pick({ pinned: true });
const ReadBody = messages.markRead.input.omit({ roomId: true, visitingSince: true });
const EventsQuery = messages.events.input.omit({ roomId: true });
const ThreadsQuery = messages.threads.input.omit({ roomId: true });
type TimelineQuery = z.output<typeof TimelineQuery>;

@Controller()
export class MessagesHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: SendLimits,
    private readonly typists: Typists,
  ) {}

  @Endpoint('GET /api/rooms/:roomId/messages', {
    scope: 'messages:read',
    summary: 'A page of messages, oldest first; the newest page without an anchor',
    reply: pageOf(Message),
    codes: messages.page.codes,
  })
  page(@RoomId() roomId: string, @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.page, { ...query, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/messages', {
    scope: 'messages:write',
    summary: 'Send a message',
    reply: Message,
    status: 201,
    also: { 200: { means: 'The same message, which was sent before' } },
    idempotencyKey: true,
    // Ten thousand characters may be written as twelve bytes each; what is longer should be told so as a message.
    bodyKiB: 256,
    codes: [...messages.send.codes, 'rate_limited'],
  })
  async send(
    @RoomId() roomId: string,
    @Body({ schema: MessageDraft }) draft: MessageDraft,
    @IdempotencyKey() key: string | undefined,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Message> {
    const byBot = reply.request.identity?.bot ?? false;
    await this.limits.count(call.actorId!, roomId);
    if (byBot) await this.limits.countBot(roomId);
    // A call that no instance answers in time is made again at another: under a key the message is stored once all the same.
    const clientId = draft.clientId ?? key ?? uuidv7();
    const { message, deduplicated } = await this.rpc.call(messages.send, { ...draft, clientId, roomId, echo: true, byBot }, call);
    this.typists.messageSent(call, roomId);
    if (!message) throw new AppError('internal', undefined, {}, { cause: 'messages.send answered without the message' });
    if (deduplicated) void reply.code(200);
    return message;
  }

  @Endpoint('GET /api/rooms/:roomId/messages/:messageId/thread', {
    scope: 'messages:read',
    summary: 'A message and a page of its replies',
    reply: messages.thread.output,
    codes: messages.thread.codes,
  })
  thread(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @Query({ schema: TimelineQuery }) query: TimelineQuery,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.thread, { ...query, roomId, messageId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/threads', {
    scope: 'messages:read',
    summary: 'The room’s threads by latest reply',
    reply: messages.threads.output,
    codes: messages.threads.codes,
  })
  threads(@RoomId() roomId: string, @Query({ schema: ThreadsQuery }) query: z.output<typeof ThreadsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.threads, { ...query, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/messages/:messageId/pin', {
    scope: 'messages:write',
    summary: 'Pin or unpin a message; without a value, flip it',
    reply: Message,
    codes: messages.pin.codes,
  })
  pin(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @Body({ schema: PinBody }) body: z.output<typeof PinBody>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.pin, { ...body, roomId, messageId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/pins', {
    scope: 'messages:read',
    summary: 'Pinned messages, newest pin first',
    reply: messages.pins.output,
    codes: messages.pins.codes,
  })
  pins(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.pins, { roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/read', {
    scope: 'messages:write',
    summary: 'Move the caller’s read marker',
    reply: messages.markRead.output,
    codes: messages.markRead.codes,
  })
  markRead(@RoomId() roomId: string, @Body({ schema: ReadBody }) body: z.output<typeof ReadBody>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.markRead, { ...body, roomId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/events', {
    scope: 'messages:read',
    summary: 'The room’s entries after a position, in order: how a client catches up',
    reply: messages.events.output,
    codes: messages.events.codes,
  })
  events(@RoomId() roomId: string, @Query({ schema: EventsQuery }) query: z.output<typeof EventsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.events, { ...query, roomId }, call);
  }
}
