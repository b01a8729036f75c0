import { roomEvents, type PayloadOf } from '@atrium/contracts';
import { Inbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessRepository } from './access.repository.ts';

type HostChange = { previousHostId: string | null; hostId: string | null };

/** Keeps the projection of membership true to what the rooms service tells, each event once. */
@Injectable()
export class AccessProjection {
  constructor(
    private readonly em: EntityManager,
    private readonly inbox: Inbox,
    private readonly access: AccessRepository,
  ) {}

  joined(event: PayloadOf<typeof roomEvents.memberJoined>, id: string): Promise<void> {
    return this.take(id, async (tx) => {
      await this.access.putRoom(tx, event.room, event.version);
      await this.access.putMember(tx, event.roomId, { ...event.member, mutedUntil: null }, event.version);
    });
  }

  removed(event: PayloadOf<typeof roomEvents.memberRemoved>, id: string): Promise<void> {
    return this.take(id, async (tx) => {
      await this.access.removeMember(tx, event.roomId, event.userId, event.version);
      if (event.hostChange) await this.passHost(tx, event.roomId, event.hostChange, event.version);
      if (event.archived) await this.access.archiveRoom(tx, event.roomId, event.at, event.version);
    });
  }

  roleChanged(event: PayloadOf<typeof roomEvents.roleChanged>, id: string): Promise<void> {
    return this.take(id, (tx) => this.access.setRole(tx, event, event.version));
  }

  hostChanged(event: PayloadOf<typeof roomEvents.hostChanged>, id: string): Promise<void> {
    return this.take(id, (tx) => this.passHost(tx, event.roomId, event, event.version));
  }

  updated(event: PayloadOf<typeof roomEvents.roomUpdated>, id: string): Promise<void> {
    return this.take(id, (tx) => this.access.putRoom(tx, event.room, event.version));
  }

  archived(event: PayloadOf<typeof roomEvents.roomArchived>, id: string): Promise<void> {
    return this.take(id, (tx) => this.access.archiveRoom(tx, event.roomId, event.archivedAt, event.version));
  }

  seen(id: string): Promise<void> {
    return this.take(id, () => Promise.resolve());
  }

  /** Who hands the host role over becomes a moderator. */
  private async passHost(tx: EntityManager, roomId: string, change: HostChange, version: number): Promise<void> {
    if (change.previousHostId) await this.access.setRole(tx, { roomId, userId: change.previousHostId, role: 'moderator' }, version);
    if (change.hostId) await this.access.setRole(tx, { roomId, userId: change.hostId, role: 'host' }, version);
  }

  private take(eventId: string, apply: (tx: EntityManager) => Promise<void>): Promise<void> {
    return transact(this.em, (tx) => this.inbox.once(tx, eventId, () => apply(tx)));
  }
}
