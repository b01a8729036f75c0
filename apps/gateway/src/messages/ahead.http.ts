import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, Draft, DraftInput, Message, ScheduleChanges, ScheduleInput, ScheduledMessage, messages } from '@atrium/contracts';
import { Body, Controller, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, ScheduledId } from '../http/ids.ts';
import { SendLimits } from '../limits/send-limits.ts';

const ScheduledQuery = messages.scheduled.input;

/** What the caller has written and not sent yet: drafts, and messages that go out later. */
@Controller()
export class AheadHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: SendLimits,
  ) {}

  @Endpoint('GET /api/me/drafts', {
    scope: 'messages:read',
    summary: 'What the caller has begun to write, in every room',
    reply: messages.drafts.output,
  })
  drafts(@Caller() call: CallOptions) {
    return this.rpc.call(messages.drafts, {}, call);
  }

  @Endpoint('PUT /api/rooms/:roomId/draft', {
    scope: 'messages:write',
    summary: 'Keep what the caller has begun to write in a room or thread; an empty body forgets it',
    reply: Draft,
    // As for a message that is too long: it should be told so.
    bodyKiB: 512,
    codes: messages.keepDraft.codes,
  })
  keepDraft(@RoomId() roomId: string, @Body({ schema: DraftInput }) body: z.output<typeof DraftInput>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.keepDraft, { ...body, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/scheduled', {
    scope: 'messages:write',
    summary: 'Send a message later',
    reply: ScheduledMessage,
    status: 201,
    idempotencyKey: true,
    bodyKiB: 256,
    codes: [...messages.schedule.codes, 'forbidden'],
  })
  schedule(
    @RoomId() roomId: string,
    @Body({ schema: ScheduleInput }) body: z.output<typeof ScheduleInput>,
    @IdempotencyKey() key: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
  ) {
    if (request.identity?.bot) throw new AppError('forbidden', 'Bots send at once: what sends later is a person.');
    return this.rpc.call(messages.schedule, { ...body, clientId: body.clientId ?? key ?? uuidv7(), roomId }, call);
  }

  @Endpoint('GET /api/me/scheduled', {
    scope: 'messages:read',
    summary: 'What the caller sends later, the next first',
    reply: messages.scheduled.output,
    codes: messages.scheduled.codes,
  })
  scheduled(@Query({ schema: ScheduledQuery }) query: z.output<typeof ScheduledQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.scheduled, query, call);
  }

  @Endpoint('PATCH /api/me/scheduled/:scheduledId', {
    scope: 'messages:write',
    summary: 'Change what is sent later, or when',
    reply: ScheduledMessage,
    bodyKiB: 256,
    codes: messages.reschedule.codes,
  })
  change(
    @ScheduledId() id: string,
    @Body({ schema: ScheduleChanges }) body: z.output<typeof ScheduleChanges>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.reschedule, { ...body, id }, call);
  }

  @Endpoint('DELETE /api/me/scheduled/:scheduledId', {
    scope: 'messages:write',
    summary: 'Do not send it after all',
    codes: messages.unschedule.codes,
  })
  async cancel(@ScheduledId() id: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(messages.unschedule, { id }, call);
  }

  @Endpoint('POST /api/me/scheduled/:scheduledId/send', {
    scope: 'messages:write',
    summary: 'Send it now',
    reply: Message,
    codes: [...messages.sendScheduled.codes, 'rate_limited'],
  })
  async send(@ScheduledId() id: string, @Caller() call: CallOptions) {
    await this.limits.count(call.actorId!, id);
    return this.rpc.call(messages.sendScheduled, { id }, call);
  }
}
