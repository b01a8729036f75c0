import { RpcClient, type CallOptions } from '@atrium/bus';
import { PushSubscription, PushSubscriptionChoice, PushSubscriptionInput, messages } from '@atrium/contracts';
import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';

type Choice = z.output<typeof PushSubscriptionChoice>;

/** Devices that are told while no page is open. */
@Controller()
export class PushHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/push/key', {
    public: true,
    summary: 'The key that a browser subscribes with (VAPID), in base64url; 404 where this server does not push',
    reply: messages.pushKey.output,
    codes: messages.pushKey.codes,
  })
  key(@Caller() call: CallOptions) {
    return this.rpc.call(messages.pushKey, {}, call);
  }

  @Endpoint('POST /api/me/push-subscriptions', {
    scope: 'session',
    summary: 'Tell this device by Web Push while no page is open, until its session ends',
    reply: PushSubscription,
    status: 201,
    also: { 200: { means: 'It was known already, and is renewed' } },
    codes: messages.subscribePush.codes,
  })
  async subscribe(
    @Body({ schema: PushSubscriptionInput }) body: PushSubscriptionInput,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PushSubscription> {
    const { isNew, ...subscription } = await this.rpc.call(messages.subscribePush, body, call);
    if (!isNew) void reply.code(200);
    return subscription;
  }

  @Endpoint('DELETE /api/me/push-subscriptions', {
    scope: 'session',
    summary: 'Tell a device no longer, named by its `endpoint` in the body or the query; without it, all of the caller’s devices',
  })
  async unsubscribe(
    @Query({ schema: PushSubscriptionChoice }) query: Choice,
    @Body({ schema: PushSubscriptionChoice }) body: Choice,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(messages.unsubscribePush, { endpoint: body.endpoint ?? query.endpoint }, call);
  }
}
