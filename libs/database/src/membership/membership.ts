import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type RoomFact, type RoomFactName, type roomFacts } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { FactAppliers } from '../facts/fact-follower.ts';
import { transact } from '../transact.ts';
import { MembershipRepository, type Known, type RoomState, type Saved } from './membership.repository.ts';

/** Rooms answers within this or not in time for whoever waits. */
const ASK_WITHIN_MS = 1000;

/** What rooms knew of a room when it was asked, and up to which fact. */
export type MembershipAnswer = { version: number; room: RoomState };

/** One member's part of a change, as the copy took it. */
export type SavedMember = { roomId: string; userId: string; saved: Saved };

/**
 * What a service adds to the copy, in the transaction that changes it, with the room's row locked. One that adds nothing
 * uses this class as it is.
 */
@Injectable()
export class MembershipHooks {
  /** A fact of the room has been taken in, and the copy is as it left it. @param joined who joined by it */
  happened<N extends RoomFactName>(_tx: EntityManager, _name: N, _fact: RoomFact<N>, _joined?: SavedMember): Promise<void> {
    return Promise.resolve();
  }

  /** Rooms was asked and knew of a membership of which no fact has told here yet. */
  learned(_tx: EntityManager, _member: SavedMember, _answer: MembershipAnswer): Promise<void> {
    return Promise.resolve();
  }
}

type Applied = SavedMember | void;
type Apply<N extends RoomFactName> = (tx: EntityManager, fact: RoomFact<N>, known: Known) => Promise<Applied>;
type HostChange = { previousHostId: string | null; hostId: string | null };

/**
 * This service's copy of who is in which room, in what role. It follows the facts of the rooms service; before anybody is
 * refused for what it does not know, rooms is asked once and what is granted is remembered.
 */
@Injectable()
export class Membership {
  readonly appliers: FactAppliers<typeof roomFacts> = {
    memberJoined: (tx, fact) => this.apply(tx, 'memberJoined', fact),
    memberRemoved: (tx, fact) => this.apply(tx, 'memberRemoved', fact),
    outsiderBanned: (tx, fact) => this.apply(tx, 'outsiderBanned', fact),
    memberUnbanned: (tx, fact) => this.apply(tx, 'memberUnbanned', fact),
    memberMuted: (tx, fact) => this.apply(tx, 'memberMuted', fact),
    roleChanged: (tx, fact) => this.apply(tx, 'roleChanged', fact),
    hostChanged: (tx, fact) => this.apply(tx, 'hostChanged', fact),
    roomUpdated: (tx, fact) => this.apply(tx, 'roomUpdated', fact),
    botToggled: (tx, fact) => this.apply(tx, 'botToggled', fact),
    roomArchived: (tx, fact) => this.apply(tx, 'roomArchived', fact),
    roomPurged: (tx, fact) => this.apply(tx, 'roomPurged', fact),
  };
  private readonly changes: { [N in RoomFactName]: Apply<N> } = {
    memberJoined: (tx, fact, known) => this.join(tx, fact, known),
    memberRemoved: (tx, fact, known) => this.remove(tx, fact, known),
    // Who is kept out is decided at the door, by rooms.
    outsiderBanned: () => Promise.resolve(),
    memberUnbanned: () => Promise.resolve(),
    memberMuted: (tx, fact, known) => this.copy.setMutedUntil(tx, fact, known),
    roleChanged: (tx, fact, known) => this.copy.setRole(tx, fact, known),
    hostChanged: (tx, fact, known) => this.passHost(tx, fact.roomId, fact, known),
    roomUpdated: () => Promise.resolve(),
    botToggled: (tx, fact, known) => this.copy.setBotEnabled(tx, fact.roomId, fact.enabled, known),
    roomArchived: (tx, fact, known) => this.copy.archive(tx, fact.roomId, fact.archivedAt, known),
    // Everybody was removed before; what the service keeps of it goes by its hook.
    roomPurged: () => Promise.resolve(),
  };

  constructor(
    private readonly em: EntityManager,
    private readonly copy: MembershipRepository,
    private readonly rpc: RpcClient,
    private readonly hooks: MembershipHooks,
  ) {}

  /**
   * Asks rooms about somebody and remembers them if they are in; a refusal is never remembered.
   * @throws AppError `not_a_member`, or `room_not_found` for a room that a stranger may not know of
   */
  async ask(roomId: string, userId: string, { deadlineAt = Infinity }: { deadlineAt?: number } = {}): Promise<void> {
    const within = { deadlineAt: Math.min(deadlineAt, Date.now() + ASK_WITHIN_MS) };
    const { version, room, member } = await this.rpc.call(rooms.getMembership, { roomId, userId }, within);
    if (!member) throw new AppError(room.visibility === 'private' ? 'room_not_found' : 'not_a_member');
    await transact(this.em, async (tx) => {
      const known: Known = { version, by: 'answer' };
      await this.copy.saveRoom(tx, room, known);
      await this.copy.lock(tx, roomId, 'for no key update');
      const saved = await this.copy.saveMember(tx, roomId, member, known);
      await this.hooks.learned(tx, { roomId, userId, saved }, { version, room });
    });
  }

  private async apply<N extends RoomFactName>(tx: EntityManager, name: N, fact: RoomFact<N>): Promise<void> {
    const known: Known = { version: fact.version, by: 'fact' };
    // The first fact of a room brings it here; the lock needs its row.
    if ('room' in fact) await this.copy.saveRoom(tx, fact.room, known);
    await this.copy.lock(tx, fact.roomId, 'for no key update');
    const joined = await this.changes[name](tx, fact, known);
    await this.hooks.happened(tx, name, fact, joined ?? undefined);
  }

  private async join(tx: EntityManager, { roomId, member }: RoomFact<'memberJoined'>, known: Known): Promise<SavedMember> {
    const saved = await this.copy.saveMember(tx, roomId, { ...member, mutedUntil: member.mutedUntil ?? null }, known);
    return { roomId, userId: member.userId, saved };
  }

  private async remove(tx: EntityManager, fact: RoomFact<'memberRemoved'>, known: Known): Promise<void> {
    const { roomId, hostChange } = fact;
    await this.copy.remove(tx, fact, known);
    if (hostChange) await this.passHost(tx, roomId, hostChange, known);
    if (fact.archived) await this.copy.archive(tx, roomId, fact.at, known);
  }

  /** Who hands the host role over and stays becomes a moderator. */
  private async passHost(tx: EntityManager, roomId: string, { previousHostId, hostId }: HostChange, known: Known): Promise<void> {
    if (previousHostId) await this.copy.setRole(tx, { roomId, userId: previousHostId, role: 'moderator' }, known);
    if (hostId) await this.copy.setRole(tx, { roomId, userId: hostId, role: 'host' }, known);
  }
}
