import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ClosedPeople } from './closed-people.service.ts';

@Controller()
export class ClosedPeopleConsumer {
  constructor(private readonly people: ClosedPeople) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'rooms-closed-accounts' })
  closed(told: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    return this.people.take(told);
  }
}
