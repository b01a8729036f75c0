import { Bus } from '@atrium/bus';
import { roomEvents, rooms, type NumberedFact, type RoomFact, type RoomFactName } from '@atrium/contracts';
import { FactFollower, NumberedFacts, type FactSource } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AccessRepository } from './access.repository.ts';

type HostChange = { previousHostId: string | null; hostId: string | null };
type Apply<N extends RoomFactName> = (tx: EntityManager, fact: RoomFact<N>) => Promise<void>;

/** Keeps the projection of membership true to what the rooms service tells: its facts in their order, each once. */
@Injectable()
export class AccessProjection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly follower: FactFollower;
  private readonly source: FactSource = { facts: rooms.facts, heads: rooms.factHeads, apply: (tx, fact) => this.apply(tx, fact) };
  private readonly appliers: { [N in RoomFactName]: Apply<N> } = {
    memberJoined: (tx, fact) => this.joined(tx, fact),
    memberRemoved: (tx, fact) => this.removed(tx, fact),
    roleChanged: (tx, fact) => this.access.setRole(tx, fact, fact.version),
    hostChanged: (tx, fact) => this.passHost(tx, fact.roomId, fact, fact.version),
    roomUpdated: (tx, fact) => this.access.putRoom(tx, fact.room, fact.version),
    /** Changes nothing here; taken in so that the next is not a hole, and who waits for it is answered. */
    botToggled: () => Promise.resolve(),
    roomArchived: (tx, fact) => this.access.archiveRoom(tx, fact.roomId, fact.archivedAt, fact.version),
  };

  constructor(
    bus: Bus,
    private readonly facts: NumberedFacts,
    private readonly access: AccessRepository,
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

  private apply<N extends RoomFactName>(tx: EntityManager, { name, payload }: NumberedFact): Promise<void> {
    const known = name as N;
    return this.appliers[known](tx, roomEvents[known].payload.parse(payload) as RoomFact<N>);
  }

  private async joined(tx: EntityManager, fact: RoomFact<'memberJoined'>): Promise<void> {
    await this.access.putRoom(tx, fact.room, fact.version);
    await this.access.putMember(tx, fact.roomId, { ...fact.member, mutedUntil: null }, fact.version);
  }

  private async removed(tx: EntityManager, fact: RoomFact<'memberRemoved'>): Promise<void> {
    await this.access.removeMember(tx, fact.roomId, fact.userId, fact.version);
    if (fact.hostChange) await this.passHost(tx, fact.roomId, fact.hostChange, fact.version);
    if (fact.archived) await this.access.archiveRoom(tx, fact.roomId, fact.at, fact.version);
  }

  /** Who hands the host role over becomes a moderator. */
  private async passHost(tx: EntityManager, roomId: string, change: HostChange, version: number): Promise<void> {
    if (change.previousHostId) await this.access.setRole(tx, { roomId, userId: change.previousHostId, role: 'moderator' }, version);
    if (change.hostId) await this.access.setRole(tx, { roomId, userId: change.hostId, role: 'host' }, version);
  }
}
