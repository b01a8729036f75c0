import type { PayloadOf, roomEvents } from '@atrium/contracts';
import { Inbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { EntryBody, NewEntry } from '../log/log-entry.ts';
import { RoomLogRepository, type AppendedMeta, type LockedRoom } from '../log/room-log.repository.ts';
import { AccessRepository } from './access.repository.ts';

type Fact<E extends keyof typeof roomEvents> = PayloadOf<(typeof roomEvents)[E]>;
type HostChange = { previousHostId: string | null; hostId: string | null };

/**
 * Takes the facts of the rooms service into this service: the projection of membership and the entry in the room's
 * log change in one transaction, under the room's lock. So a removed person's last entry is their removal.
 */
@Injectable()
export class RoomFactsService {
  constructor(
    private readonly em: EntityManager,
    private readonly inbox: Inbox,
    private readonly access: AccessRepository,
    private readonly log: RoomLogRepository,
  ) {}

  memberJoined(fact: Fact<'memberJoined'>, eventId: string): Promise<void> {
    return this.once(eventId, async (tx) => {
      await this.access.saveRoom(tx, fact.room, fact.version);
      const room = await this.log.lock(tx, fact.roomId);
      const { userId, username, displayName, role } = fact.member;
      const [entry] = await this.log.append(tx, room, [entryOf(fact, { type: 'member.joined', userId, username, displayName, role })]);
      await this.access.saveMember(tx, { roomId: fact.roomId, version: fact.version, joinedSeq: entry!.seq, ...fact.member, mutedUntil: null });
      await this.startReadingHere(tx, fact.roomId, { userId, seq: entry!.seq });
    });
  }

  memberRemoved(fact: Fact<'memberRemoved'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.access.remove(tx, fact);
      const removal: EntryBody =
        fact.how === 'kicked' ? { type: 'member.kicked', userId: fact.userId, reason: fact.reason } : { type: 'member.left', userId: fact.userId };
      const entries = [entryOf(fact, removal)];
      if (fact.hostChange) {
        await this.moveHostRole(tx, { ...fact.hostChange, roomId: fact.roomId, version: fact.version }, fact.userId);
        entries.push(entryOf(fact, { type: 'host.changed', ...fact.hostChange }));
      }
      if (fact.archived) await this.access.archive(tx, fact.roomId, fact.at);
      await this.log.append(tx, room, entries, (stored): AppendedMeta => ({
        removed: [{ userId: fact.userId, seq: stored[0]!.seq }],
        ...(fact.archived && { archived: true }),
      }));
    });
  }

  roleChanged(fact: Fact<'roleChanged'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.access.setRole(tx, fact);
      await this.log.append(tx, room, [entryOf(fact, { type: 'member.role', userId: fact.userId, role: fact.role })]);
    });
  }

  hostChanged(fact: Fact<'hostChanged'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.moveHostRole(tx, fact);
      await this.log.append(tx, room, [entryOf(fact, { type: 'host.changed', previousHostId: fact.previousHostId, hostId: fact.hostId })]);
    });
  }

  roomUpdated(fact: Fact<'roomUpdated'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.access.saveRoom(tx, fact.room, fact.version);
      await this.log.append(tx, room, [entryOf(fact, { type: 'room.updated', changed: fact.changed, room: fact.room })]);
    });
  }

  botToggled(fact: Fact<'botToggled'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.log.append(tx, room, [entryOf(fact, { type: 'bot.toggled', enabled: fact.enabled })]);
    });
  }

  roomArchived(fact: Fact<'roomArchived'>, eventId: string): Promise<void> {
    return this.inRoom(fact.roomId, eventId, async (tx, room) => {
      await this.access.archive(tx, fact.roomId, fact.archivedAt);
      const entry = entryOf(fact, { type: 'room.updated', changed: ['archivedAt'], room: { archivedAt: fact.archivedAt } });
      await this.log.append(tx, room, [entry], () => ({ archived: true }));
    });
  }

  private once(eventId: string, work: (tx: EntityManager) => Promise<void>): Promise<void> {
    return transact(this.em, (tx) => this.inbox.once(tx, eventId, () => work(tx)));
  }

  /** A fact about a room whose creation has not arrived yet fails here, and is delivered again a moment later. */
  private inRoom(roomId: string, eventId: string, work: (tx: EntityManager, room: LockedRoom) => Promise<void>): Promise<void> {
    return this.once(eventId, async (tx) => work(tx, await this.log.lock(tx, roomId)));
  }

  /** @param removedId whoever left with the host role and keeps none */
  private async moveHostRole(tx: EntityManager, change: HostChange & { roomId: string; version: number }, removedId?: string): Promise<void> {
    const { roomId, version, previousHostId, hostId } = change;
    if (previousHostId && previousHostId !== removedId) await this.access.setRole(tx, { roomId, version, userId: previousHostId, role: 'moderator' });
    if (hostId) await this.access.setRole(tx, { roomId, version, userId: hostId, role: 'host' });
  }

  /** Who joins has nothing to catch up on; who comes back starts again from here. */
  private async startReadingHere(tx: EntityManager, roomId: string, marker: { userId: string; seq: number }): Promise<void> {
    await tx.execute(
      `insert into read_markers (room_id, user_id, seq) values (?, ?, ?)
       on conflict (room_id, user_id) do update set seq = greatest(read_markers.seq, excluded.seq)`,
      [roomId, marker.userId, marker.seq],
    );
  }
}

function entryOf(fact: { actorId: string | null }, body: EntryBody): NewEntry {
  return { actorId: fact.actorId, body };
}
