import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PushSubscriptions } from './push-subscriptions.service.ts';

@Controller()
export class EndedSessionsConsumer {
  constructor(private readonly subscriptions: PushSubscriptions) {}

  /** Whoever is signed out of a device, from wherever, is not told on its lock screen any more. */
  @OnEvent(accountEvents.sessionEnded, { consumer: 'messages-sessions' })
  ended({ sessionId }: PayloadOf<typeof accountEvents.sessionEnded>): Promise<void> {
    return this.subscriptions.endSession(sessionId);
  }
}
