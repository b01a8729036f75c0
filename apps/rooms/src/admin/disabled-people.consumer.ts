import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DisabledHosts } from './disabled-hosts.service.ts';

@Controller()
export class DisabledPeopleConsumer {
  constructor(private readonly hosts: DisabledHosts) {}

  @OnEvent(accountEvents.userDisabled, { consumer: 'rooms-people' })
  changed(told: PayloadOf<typeof accountEvents.userDisabled>): Promise<void> {
    return this.hosts.take(told);
  }
}
