import { Bus } from '@atrium/bus';
import { roomEvents, rooms, type NumberedFact, type RoomFact, type RoomFactName } from '@atrium/contracts';
import { FactFollower, NumberedFacts, type FactSource } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { EntryBody, NewEntry } from '../log/log-entry.ts';
import { RoomLogRepository, type AppendedMeta, type LockedRoom } from '../log/room-log.repository.ts';
import { AccessRepository } from './access.repository.ts';

/** Runs while the room is locked. */
type Apply<N extends RoomFactName> = (tx: EntityManager, room: LockedRoom, fact: RoomFact<N>) => Promise<void>;
type HostChange = { previousHostId: string | null; hostId: string | null };

/**
 * Takes the facts of the rooms service into this service, in their order: the projection of membership and the entry in
 * the room's log change in one transaction, under the room's lock. So a removed person's last entry is their removal.
 */
@Injectable()
export class RoomFactsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly follower: FactFollower;
  private readonly source: FactSource = { facts: rooms.facts, heads: rooms.factHeads, apply: (tx, fact) => this.apply(tx, fact) };
  private readonly appliers: { [N in RoomFactName]: Apply<N> } = {
    memberJoined: (tx, room, fact) => this.memberJoined(tx, room, fact),
    memberRemoved: (tx, room, fact) => this.memberRemoved(tx, room, fact),
    roleChanged: (tx, room, fact) => this.roleChanged(tx, room, fact),
    hostChanged: (tx, room, fact) => this.hostChanged(tx, room, fact),
    roomUpdated: (tx, room, fact) => this.roomUpdated(tx, room, fact),
    botToggled: async (tx, room, fact) =>
      void (await this.log.append(tx, room, [entryOf(fact, { type: 'bot.toggled', enabled: fact.enabled })])),
    roomArchived: (tx, room, fact) => this.roomArchived(tx, room, fact),
  };

  constructor(
    bus: Bus,
    private readonly facts: NumberedFacts,
    private readonly access: AccessRepository,
    private readonly log: RoomLogRepository,
  ) {
    this.follower = new FactFollower(bus, facts, this.source);
  }

  onApplicationBootstrap(): void {
    this.follower.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.follower.stop();
  }

  take(name: RoomFactName, fact: RoomFact, id: string): Promise<void> {
    return this.facts.take(this.source, { id, name, key: fact.roomId, version: fact.version, payload: fact });
  }

  private async apply<N extends RoomFactName>(tx: EntityManager, { name, payload }: NumberedFact): Promise<void> {
    const known = name as N;
    const fact = roomEvents[known].payload.parse(payload) as RoomFact<N>;
    // The first fact of a room brings it here; the lock needs its row.
    if ('room' in fact) await this.access.saveRoom(tx, fact.room, fact.version);
    await this.appliers[known](tx, await this.log.lock(tx, fact.roomId), fact);
  }

  private async memberJoined(tx: EntityManager, room: LockedRoom, fact: RoomFact<'memberJoined'>): Promise<void> {
    const { userId, username, displayName, role } = fact.member;
    const [entry] = await this.log.append(tx, room, [entryOf(fact, { type: 'member.joined', userId, username, displayName, role })]);
    await this.access.saveMember(tx, {
      roomId: fact.roomId,
      version: fact.version,
      joinedSeq: entry!.seq,
      ...fact.member,
      mutedUntil: null,
    });
    await this.startReadingHere(tx, fact.roomId, { userId, seq: entry!.seq });
  }

  private async memberRemoved(tx: EntityManager, room: LockedRoom, fact: RoomFact<'memberRemoved'>): Promise<void> {
    await this.access.remove(tx, fact);
    const removal: EntryBody =
      fact.how === 'kicked'
        ? { type: 'member.kicked', userId: fact.userId, reason: fact.reason }
        : { type: 'member.left', userId: fact.userId };
    const entries = [entryOf(fact, removal)];
    if (fact.hostChange) {
      await this.moveHostRole(tx, { ...fact.hostChange, roomId: fact.roomId, version: fact.version }, fact.userId);
      entries.push(entryOf(fact, { type: 'host.changed', ...fact.hostChange }));
    }
    if (fact.archived) await this.access.archive(tx, { ...fact, archivedAt: fact.at });
    await this.log.append(tx, room, entries, (stored): AppendedMeta => ({
      removed: [{ userId: fact.userId, seq: stored[0]!.seq }],
      ...(fact.archived && { archived: true }),
    }));
  }

  private async roleChanged(tx: EntityManager, room: LockedRoom, fact: RoomFact<'roleChanged'>): Promise<void> {
    await this.access.setRole(tx, fact);
    await this.log.append(tx, room, [entryOf(fact, { type: 'member.role', userId: fact.userId, role: fact.role })]);
  }

  private async hostChanged(tx: EntityManager, room: LockedRoom, fact: RoomFact<'hostChanged'>): Promise<void> {
    await this.moveHostRole(tx, fact);
    await this.log.append(tx, room, [entryOf(fact, { type: 'host.changed', previousHostId: fact.previousHostId, hostId: fact.hostId })]);
  }

  private async roomUpdated(tx: EntityManager, room: LockedRoom, fact: RoomFact<'roomUpdated'>): Promise<void> {
    await this.log.append(tx, room, [entryOf(fact, { type: 'room.updated', changed: fact.changed, room: fact.room })]);
  }

  private async roomArchived(tx: EntityManager, room: LockedRoom, fact: RoomFact<'roomArchived'>): Promise<void> {
    await this.access.archive(tx, fact);
    const entry = entryOf(fact, { type: 'room.updated', changed: ['archivedAt'], room: { archivedAt: fact.archivedAt } });
    await this.log.append(tx, room, [entry], () => ({ archived: true }));
  }

  /** @param removedId whoever left with the host role and keeps none */
  private async moveHostRole(
    tx: EntityManager,
    change: HostChange & { roomId: string; version: number },
    removedId?: string,
  ): Promise<void> {
    const { roomId, version, previousHostId, hostId } = change;
    if (previousHostId && previousHostId !== removedId)
      await this.access.setRole(tx, { roomId, version, userId: previousHostId, role: 'moderator' });
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
