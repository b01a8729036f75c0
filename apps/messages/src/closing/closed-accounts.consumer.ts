import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ClosedAccounts } from './closed-accounts.service.ts';

@Controller()
export class ClosedAccountsConsumer {
  constructor(private readonly accounts: ClosedAccounts) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'messages-closed-accounts' })
  closed(account: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    return this.accounts.forget(account);
  }
}
