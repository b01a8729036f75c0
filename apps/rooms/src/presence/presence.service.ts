import { Signals } from '@atrium/bus';
import { roomSignals, type DirectoryUser, type MemberStatus } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { HostsService } from '../hosts/hosts.service.ts';
import { MembersRepository } from '../members/members.repository.ts';
import { ProfileEntity } from '../profiles/profile.entity.ts';
import { PresenceRepository, type ConnectionChange } from './presence.repository.ts';
import { orWithout } from './or-without.ts';
import type { Connected } from './status.ts';

/** Tells rooms who comes and goes. Without Redis nobody comes or goes. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly em: EntityManager,
    private readonly presence: PresenceRepository,
    private readonly members: MembersRepository,
    private readonly hosts: HostsService,
    private readonly signals: Signals,
  ) {}

  /** Takes in what one gateway knows of who is connected to it. */
  async report(gatewayId: string, users: readonly { userId: string; status: Connected }[]): Promise<void> {
    await this.follow(await orWithout([], () => this.presence.report(gatewayId, users)));
  }

  /** Ends what no gateway repeats any more, and sends the signals that had to wait. */
  async sweep(): Promise<void> {
    await this.follow(await orWithout([], () => this.presence.expire()));
    await this.announce(await orWithout([], () => this.presence.due()));
  }

  /** Signals what others should see of these users now, for each at most once in 5 s. */
  async announce(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const profiles = await this.em.find(ProfileEntity, { userId: { $in: [...userIds] } });
    // Who was never in a room has no profile here, and nobody to be told.
    const settings = new Map<string, DirectoryUser['presence']>(userIds.map((userId) => [userId, 'auto']));
    for (const { userId, presence } of profiles) settings.set(userId, presence);
    const rooms = await this.members.roomIdsOf(userIds);
    const direct = await this.members.directRoomIdsOf(userIds);
    // Last of all: what is claimed is told by nobody else.
    for (const { userId, status } of await orWithout([], () => this.presence.claimSignals(settings))) {
      const roomIds = rooms.get(userId) ?? [];
      const directRoomIds = direct.get(userId) ?? [];
      if (roomIds.length > 0 || directRoomIds.length > 0) {
        this.signals.send(roomSignals.presence, { userId, status, roomIds, directRoomIds });
      }
    }
  }

  /** Tells a room that someone new in it is connected; the others had no reason to be told before. */
  async introduce(userId: string, status: MemberStatus, roomId: string): Promise<void> {
    if (status === 'offline') return;
    this.signals.send(roomSignals.presence, { userId, status, roomIds: [roomId] });
    await this.hosts.noticeArrival(userId);
  }

  private async follow(changes: readonly ConnectionChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.hosts.noticeConnections(changes);
    await this.announce(changes.map(({ userId }) => userId));
  }
}
