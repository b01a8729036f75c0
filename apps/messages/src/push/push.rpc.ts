import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PushSubscriptions } from './push-subscriptions.service.ts';

@Controller()
export class PushRpc {
  constructor(private readonly subscriptions: PushSubscriptions) {}

  @HandleRpc(messages.pushKey)
  key() {
    return Promise.resolve({ key: this.subscriptions.key() });
  }

  @HandleRpc(messages.subscribePush)
  subscribe(input: ParsedInputOf<typeof messages.subscribePush>, call: Call) {
    return this.subscriptions.subscribe(call, input);
  }

  @HandleRpc(messages.unsubscribePush)
  async unsubscribe({ endpoint }: ParsedInputOf<typeof messages.unsubscribePush>, call: Call) {
    await this.subscriptions.unsubscribe(requireActor(call), endpoint);
    return {};
  }
}
