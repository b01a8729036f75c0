import { OnEvent } from '@atrium/bus';
import { AppError, accountEvents, type PayloadOf } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { ScheduledRepository } from './scheduled.repository.ts';

/** Nothing is sent in the name of somebody who was shut out; what they had scheduled waits for them to come back and say so. */
@Controller()
export class DisabledAuthorsConsumer {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: ScheduledRepository,
  ) {}

  @OnEvent(accountEvents.userDisabled, { consumer: 'messages-disabled-authors' })
  async disabled({ userId, disabled, at }: PayloadOf<typeof accountEvents.userDisabled>): Promise<void> {
    if (!disabled) return;
    const { code, detail } = new AppError('account_disabled');
    await transact(this.em, (tx) => this.repository.refuseAllOf(tx, userId, { code, detail, at }));
  }
}
