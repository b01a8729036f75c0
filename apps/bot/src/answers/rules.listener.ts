import { OnLiveEvent } from '@atrium/bus';
import { botSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { KeywordsService } from '../keywords/keywords.service.ts';
import { OutgoingWebhooks } from '../webhooks/outgoing/outgoing-webhooks.service.ts';

/** Hears that another instance changed what this one holds messages against. */
@Controller()
export class RulesListener {
  constructor(
    private readonly keywords: KeywordsService,
    private readonly webhooks: OutgoingWebhooks,
  ) {}

  @OnLiveEvent(botSignals.rulesChanged)
  changed({ rules }: PayloadOf<typeof botSignals.rulesChanged>): void {
    if (rules === 'keywords') this.keywords.forget();
    else this.webhooks.forget();
  }
}
