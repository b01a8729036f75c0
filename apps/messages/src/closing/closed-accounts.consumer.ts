import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { DeletionsService } from '../changes/deletions.service.ts';
import { ClosedAccounts } from './closed-accounts.repository.ts';

/** Forgets what was there for one person alone, and what they wrote where they wanted that. Hearing it twice changes nothing. */
@Controller()
export class ClosedAccountsConsumer {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: ClosedAccounts,
    private readonly deletions: DeletionsService,
  ) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'messages-closed-accounts' })
  async closed({ userId, messages }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    await transact(this.em, (tx) => this.repository.forget(tx, userId));
    if (messages === 'erase') await this.deletions.removeAllOf(userId);
  }
}
