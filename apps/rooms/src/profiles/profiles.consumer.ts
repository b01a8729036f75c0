import { OnEvent, type EventMeta } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.ts';

/** What accounts tells of its users. */
@Controller()
export class ProfilesConsumer {
  constructor(private readonly presence: PresenceService) {}

  @OnEvent(accountEvents.userUpdated, { consumer: 'rooms-profiles' })
  userUpdated(user: PayloadOf<typeof accountEvents.userUpdated>, meta: EventMeta): Promise<void> {
    return this.presence.followProfile(user, meta.id);
  }
}
