import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RegistrationsService } from './registrations.service.ts';

/** What becomes of bots' accounts. Most of it concerns people, and changes no row here. */
@Controller()
export class BotAccountsConsumer {
  constructor(private readonly registrations: RegistrationsService) {}

  @OnEvent(accountEvents.userDisabled, { consumer: 'bot-accounts' })
  disabled({ userId, disabled }: PayloadOf<typeof accountEvents.userDisabled>): Promise<void> {
    return this.registrations.setDisabled(userId, disabled);
  }

  @OnEvent(accountEvents.botRemoved, { consumer: 'bot-accounts' })
  removed({ botId }: PayloadOf<typeof accountEvents.botRemoved>): Promise<void> {
    return this.registrations.forget(botId);
  }
}
