import { Injectable } from '@nestjs/common';
import { MembersRepository } from '../members/members.repository.ts';
import type { ShownRoom } from '../rooms/room.mapper.ts';
import { PresenceRepository } from './presence.repository.ts';
import { orWithout } from './or-without.ts';

/** Rooms larger than this are counted at most once in a while, not for everyone who looks. */
const LARGE_ROOM = 200;
const LARGE_ROOM_HOLDS_MS = 5000;

/** How many members of a room are connected. Counted from presence, never kept, so that it cannot drift. */
@Injectable()
export class OnlineCounts {
  private readonly large = new Map<string, { count: Promise<number>; until: number }>();

  constructor(
    private readonly members: MembersRepository,
    private readonly presence: PresenceRepository,
  ) {}

  async of(rooms: readonly ShownRoom[]): Promise<Map<string, number>> {
    const small = rooms.filter((room) => room.memberCount <= LARGE_ROOM);
    const counts = await this.count(small.map((room) => room.id));
    for (const room of rooms) {
      if (room.memberCount > LARGE_ROOM) counts.set(room.id, await this.ofLarge(room.id));
    }
    return counts;
  }

  private async count(roomIds: readonly string[]): Promise<Map<string, number>> {
    const members = await this.members.userIdsIn(roomIds);
    const everyone = [...new Set([...members.values()].flat())];
    const connected = await orWithout(new Set<string>(), () => this.presence.connectedAmong(everyone));
    return new Map([...members].map(([roomId, userIds]) => [roomId, userIds.filter((id) => connected.has(id)).length]));
  }

  private ofLarge(roomId: string): Promise<number> {
    const now = Date.now();
    const held = this.large.get(roomId);
    if (held && held.until > now) return held.count;
    for (const [id, { until }] of this.large) if (until <= now) this.large.delete(id);
    const count = this.count([roomId]).then((counts) => counts.get(roomId) ?? 0);
    this.large.set(roomId, { count, until: now + LARGE_ROOM_HOLDS_MS });
    count.catch(() => this.large.delete(roomId));
    return count;
  }
}
