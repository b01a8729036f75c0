import { Signals } from '@atrium/bus';
import { roomSignals, type PayloadOf, type accountEvents, type profileFacts } from '@atrium/contracts';
import { afterCommit, type FactAppliers } from '@atrium/database';
import { Injectable, Logger } from '@nestjs/common';
import { MembersRepository } from '../members/members.repository.ts';
import { PresenceService } from '../presence/presence.service.ts';
import { ProfilesService } from './profiles.service.ts';

type Profile = PayloadOf<typeof accountEvents.userUpdated>;

/** Takes in what accounts tells of a person, whose presence may now be set by hand. */
@Injectable()
export class ProfileFacts {
  private readonly logger = new Logger('profiles');
  readonly appliers: FactAppliers<typeof profileFacts> = {
    userUpdated: async (tx, profile) => {
      await this.profiles.save(tx, profile);
      afterCommit(tx, () => this.announce(profile));
    },
  };

  constructor(
    private readonly profiles: ProfilesService,
    private readonly presence: PresenceService,
    private readonly members: MembersRepository,
    private readonly signals: Signals,
  ) {}

  /** Signals, which may be lost. */
  private announce(person: Profile): void {
    Promise.all([this.tell(person), this.presence.announce([person.userId])]).catch((error: unknown) =>
      this.logger.warn(`how ${person.userId} shows themselves is not told: ${(error as Error).message}`),
    );
  }

  /** To nobody but those who share a room with them. */
  private async tell(person: Profile): Promise<void> {
    const rooms = await this.members.roomIdsOf([person.userId]);
    this.signals.send(roomSignals.person, { person, roomIds: rooms.get(person.userId) ?? [] });
  }
}
