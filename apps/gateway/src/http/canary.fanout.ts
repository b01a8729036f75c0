import { OnLiveEvent } from '@atrium/bus';
import { CANARY_EVERY_MS, messageEvents } from '@atrium/contracts';
import { Health, SignOfLife } from '@atrium/service-kit';
import { Controller, type OnModuleInit } from '@nestjs/common';

const MISSES_BEFORE_UNREADY = 3;

/** Hears whether facts still come through: outbox and NATS may be wedged while each of them answers pings. */
@Controller()
export class CanaryFanout implements OnModuleInit {
  private readonly sign = new SignOfLife(CANARY_EVERY_MS * MISSES_BEFORE_UNREADY);

  constructor(private readonly health: Health) {}

  onModuleInit(): void {
    this.health.register('canary', async () => this.sign.require('no canary came through outbox and NATS'));
  }

  @OnLiveEvent(messageEvents.canary)
  heard(): void {
    this.sign.seen();
  }
}
