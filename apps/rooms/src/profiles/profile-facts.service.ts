import type { profileFacts } from '@atrium/contracts';
import { afterCommit, type FactAppliers } from '@atrium/database';
import { Injectable, Logger } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.ts';
import { ProfilesService } from './profiles.service.ts';

/** Takes in what accounts tells of a person, whose presence may now be set by hand. */
@Injectable()
export class ProfileFacts {
  private readonly logger = new Logger('profiles');
  readonly appliers: FactAppliers<typeof profileFacts> = {
    userUpdated: async (tx, profile) => {
      await this.profiles.save(tx, profile);
      afterCommit(tx, () => this.announce(profile.userId));
    },
  };

  constructor(
    private readonly profiles: ProfilesService,
    private readonly presence: PresenceService,
  ) {}

  /** A signal, which may be lost. */
  private announce(userId: string): void {
    this.presence
      .announce([userId])
      .catch((error: unknown) => this.logger.warn(`the presence of ${userId} is not told: ${(error as Error).message}`));
  }
}
