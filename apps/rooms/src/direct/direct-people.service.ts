import type { DirectPerson } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { PresenceRepository } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import { visibleStatus, type Connected } from '../presence/status.ts';
import type { ShownRoom } from '../rooms/room.mapper.ts';
import { DirectRepository } from './direct.repository.ts';

/** Direct rooms as one of their people sees them. */
@Injectable()
export class DirectPeople {
  constructor(
    private readonly repository: DirectRepository,
    private readonly presence: PresenceRepository,
  ) {}

  /** Everyone in those of the rooms that are direct, the caller too. */
  async of(rooms: readonly ShownRoom[]): Promise<Map<string, DirectPerson[]>> {
    const direct = rooms.filter((room) => room.kind === 'direct');
    const people = await this.repository.peopleIn(direct.map((room) => room.id));
    const userIds = [...new Set([...people.values()].flat().map(({ id }) => id))];
    const connections = await orWithout(new Map<string, Connected>(), () => this.presence.connectionsOf(userIds));
    return new Map(
      [...people].map(([roomId, users]) => [
        roomId,
        users.map(({ id, username, displayName, avatarUrl, presence }) => ({
          id,
          username,
          displayName,
          avatarUrl,
          status: visibleStatus(connections.get(id) ?? 'offline', presence),
        })),
      ]),
    );
  }
}

/** What a direct room is called by one of its people: the names of the others. */
export const nameOf = (people: readonly DirectPerson[], callerId: string | undefined): string =>
  people
    .filter(({ id }) => id !== callerId)
    .map(({ displayName }) => displayName)
    .join(', ');
