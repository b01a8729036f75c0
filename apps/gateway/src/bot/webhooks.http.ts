import { RpcClient, type CallOptions } from '@atrium/bus';
import { Cursor, Webhook, WebhookDelivery, bot } from '@atrium/contracts';
import { Body, Controller, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { DeliveryId, RoomId, WebhookId } from '../http/ids.ts';

const CreateBody = bot.createWebhook.input.omit({ roomId: true });
const ChangeBody = bot.updateWebhook.input.omit({ roomId: true, webhookId: true });
const DeliveriesQuery = z.object({ cursor: Cursor.optional() });

@Controller()
export class WebhooksHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/webhooks', {
    scope: 'rooms:read',
    summary: 'Ways for programs to post into a room, and to be told of it; the host and moderators',
    reply: bot.webhooks.output,
    codes: bot.webhooks.codes,
  })
  list(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.webhooks, { roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/webhooks', {
    scope: 'rooms:write',
    summary: 'Make a webhook; the address of an incoming one, and the signing secret of an outgoing one, are told here and never again',
    reply: Webhook.extend({ url: z.string(), secret: z.string().optional() }),
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
    if (webhook.url !== null) return { ...webhook, url: webhook.url, secret };
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
    summary: 'Remove a webhook: nothing is posted by it any more',
    codes: bot.removeWebhook.codes,
  })
  async remove(@RoomId() roomId: string, @WebhookId() webhookId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(bot.removeWebhook, { roomId, webhookId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/webhooks/:webhookId/deliveries', {
    scope: 'rooms:read',
    summary: 'What an outgoing webhook sent, what was answered, and what is tried again; the host and moderators',
    reply: bot.webhookDeliveries.output,
    codes: bot.webhookDeliveries.codes,
  })
  deliveries(
    @RoomId() roomId: string,
    @WebhookId() webhookId: string,
    @Query({ schema: DeliveriesQuery }) query: z.output<typeof DeliveriesQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.webhookDeliveries, { ...query, roomId, webhookId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/webhooks/:webhookId/deliveries/:deliveryId/replay', {
    scope: 'rooms:write',
    summary: 'Send a delivery again; the host and moderators',
    reply: WebhookDelivery,
    codes: bot.replayDelivery.codes,
  })
  replay(@RoomId() roomId: string, @WebhookId() webhookId: string, @DeliveryId() deliveryId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.replayDelivery, { roomId, webhookId, deliveryId }, call);
  }
}
