import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ScheduledService } from './scheduled.service.ts';

/** Nothing is sent in the name of somebody who was shut out; what they had scheduled waits for them to come back and say so. */
@Controller()
export class DisabledAuthorsConsumer {
  constructor(private readonly scheduled: ScheduledService) {}

  @OnEvent(accountEvents.userDisabled, { consumer: 'messages-disabled-authors' })
  async disabled({ userId, disabled, at }: PayloadOf<typeof accountEvents.userDisabled>): Promise<void> {
    if (disabled) await this.scheduled.refuseAllOf(userId, at);
  }
}
