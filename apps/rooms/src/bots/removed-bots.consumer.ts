import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RemovedBots } from './removed-bots.service.ts';

@Controller()
export class RemovedBotsConsumer {
  constructor(private readonly removed: RemovedBots) {}

  @OnEvent(accountEvents.botRemoved, { consumer: 'rooms-bots' })
  take({ botId }: PayloadOf<typeof accountEvents.botRemoved>): Promise<void> {
    return this.removed.leaveAll(botId);
  }
}
