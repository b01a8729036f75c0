import { RpcClient, type CallOptions } from '@atrium/bus';
import { Webhook, bot } from '@atrium/contracts';
import { Body, Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, WebhookId } from '../http/ids.ts';

const CreateBody = bot.createWebhook.input.omit({ roomId: true });
const ChangeBody = bot.updateWebhook.input.pick({ name: true, mayPing: true });

@Controller()
export class WebhooksHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/webhooks', {
    scope: 'rooms:read',
    summary: 'Ways for programs to post into a room; the host and moderators',
    reply: bot.webhooks.output,
    codes: bot.webhooks.codes,
  })
  list(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.webhooks, { roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/webhooks', {
    scope: 'rooms:write',
    summary: 'Make an incoming webhook; its address is told here and never again',
    reply: Webhook.extend({ url: z.string() }),
    status: 201,
    codes: bot.createWebhook.codes,
  })
  async create(
    @RoomId() roomId: string,
    @Body({ schema: CreateBody }) body: z.output<typeof CreateBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
  ) {
    const { webhook, secret } = await this.rpc.call(bot.createWebhook, { ...body, roomId }, call);
    return { ...webhook, url: `${request.protocol}://${request.host}/api/hooks/${webhook.id}/${secret}` };
  }

  @Endpoint('PATCH /api/rooms/:roomId/webhooks/:webhookId', {
    scope: 'rooms:write',
    summary: 'Change a webhook; the host and moderators',
    reply: Webhook,
    codes: bot.updateWebhook.codes,
  })
  change(
    @RoomId() roomId: string,
    @WebhookId() webhookId: string,
    @Body({ schema: ChangeBody }) body: z.output<typeof ChangeBody>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.updateWebhook, { ...body, roomId, webhookId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/webhooks/:webhookId', {
    scope: 'rooms:write',
    summary: 'Remove a webhook: nobody can post to its address any more',
    codes: bot.removeWebhook.codes,
  })
  async remove(@RoomId() roomId: string, @WebhookId() webhookId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(bot.removeWebhook, { roomId, webhookId }, call);
  }
}
