import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { RemindersRepository } from './reminders.repository.ts';

/** Nobody is reminded any more who has closed their account. */
@Controller()
export class ClosedAccountsConsumer {
  constructor(
    private readonly em: EntityManager,
    private readonly reminders: RemindersRepository,
  ) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'bot-closed-accounts' })
  async closed({ userId }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    await transact(this.em, (tx) => this.reminders.forgetAllOf(tx, userId));
  }
}
