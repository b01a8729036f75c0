import type { Member } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.ts';
import { MemberView } from './member-view.service.ts';
import { MembersRepository } from './members.repository.ts';

/** Shows a room the people who have come in: who of them is there. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly members: MembersRepository,
    private readonly view: MemberView,
    private readonly presence: PresenceService,
  ) {}

  async introduce(roomId: string, userIds: readonly string[]): Promise<Member[]> {
    const seen = await this.seen(roomId, userIds);
    for (const { id, status } of seen) await this.presence.introduce(id, status, roomId);
    return seen;
  }

  /** These people as the room sees them. */
  async seen(roomId: string, userIds: readonly string[]): Promise<Member[]> {
    if (userIds.length === 0) return [];
    return this.view.many(roomId, await this.members.among(roomId, userIds));
  }
}
