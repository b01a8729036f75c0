import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RemindersService } from './reminders.service.ts';

/** Nobody is reminded any more who has closed their account. */
@Controller()
export class ClosedAccountsConsumer {
  constructor(private readonly reminders: RemindersService) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'bot-closed-accounts' })
  closed({ userId }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    return this.reminders.forgetAllOf(userId);
  }
}
