import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { RegistrationsRepository } from './registrations.repository.ts';

/** What becomes of bots' accounts. Most of it concerns people, and changes no row here. */
@Controller()
export class BotAccountsConsumer {
  constructor(
    private readonly em: EntityManager,
    private readonly registrations: RegistrationsRepository,
  ) {}

  @OnEvent(accountEvents.userDisabled, { consumer: 'bot-accounts' })
  async disabled({ userId, disabled }: PayloadOf<typeof accountEvents.userDisabled>): Promise<void> {
    await this.registrations.setDisabled(this.em.fork(), userId, disabled);
  }

  @OnEvent(accountEvents.botRemoved, { consumer: 'bot-accounts' })
  async removed({ botId }: PayloadOf<typeof accountEvents.botRemoved>): Promise<void> {
    await this.registrations.remove(this.em.fork(), botId);
  }
}
