import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DeliveriesService } from './outgoing/deliveries.service.ts';
import { WebhooksService } from './webhooks.service.ts';

@Controller()
export class WebhooksRpc {
  constructor(
    private readonly service: WebhooksService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @HandleRpc(bot.webhooks)
  async webhooks({ roomId }: ParsedInputOf<typeof bot.webhooks>, call: Call) {
    return { items: await this.service.list(requireActor(call), roomId, call) };
  }

  @HandleRpc(bot.createWebhook)
  createWebhook(input: ParsedInputOf<typeof bot.createWebhook>, call: Call) {
    return this.service.create(requireActor(call), input, call);
  }

  @HandleRpc(bot.updateWebhook)
  updateWebhook(input: ParsedInputOf<typeof bot.updateWebhook>, call: Call) {
    return this.service.update(requireActor(call), input, call);
  }

  @HandleRpc(bot.removeWebhook)
  async removeWebhook(input: ParsedInputOf<typeof bot.removeWebhook>, call: Call) {
    await this.service.remove(requireActor(call), input, call);
    return {};
  }

  @HandleRpc(bot.webhookDeliveries)
  webhookDeliveries(input: ParsedInputOf<typeof bot.webhookDeliveries>, call: Call) {
    return this.deliveries.list(requireActor(call), input, call);
  }

  @HandleRpc(bot.replayDelivery)
  replayDelivery(input: ParsedInputOf<typeof bot.replayDelivery>, call: Call) {
    return this.deliveries.replay(requireActor(call), input, call);
  }

  @HandleRpc(bot.takeWebhook)
  async takeWebhook(input: ParsedInputOf<typeof bot.takeWebhook>) {
    await this.service.take(input);
    return {};
  }
}
