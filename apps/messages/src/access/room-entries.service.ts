import type { RoomFact, RoomFactName } from '@atrium/contracts';
import { MembershipHooks, RoomPurges, type MembershipAnswer, type SavedMember } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { EntryBody } from '../log/log-entry.ts';
import { RoomLogRepository, type AppendedMeta, type LockedRoom } from '../log/room-log.repository.ts';
import { AccessRepository } from './access.repository.ts';

type Tell<N extends RoomFactName> = (fact: RoomFact<N>) => EntryBody[];

/** What the log says of each fact of a room. */
const ENTRIES: { [N in RoomFactName]: Tell<N> } = {
  memberJoined: ({ member: { userId, username, displayName, role } }) => [{ type: 'member.joined', userId, username, displayName, role }],
  memberRemoved: ({ hostChange, ...fact }) => [departure(fact), ...(hostChange ? [{ type: 'host.changed' as const, ...hostChange }] : [])],
  outsiderBanned: ({ userId, reason, until }) => [{ type: 'member.banned', userId, reason, until, wasMember: false }],
  memberUnbanned: ({ userId }) => [{ type: 'member.unbanned', userId }],
  memberMuted: ({ userId, mutedUntil, reason }) => [{ type: 'member.muted', userId, mutedUntil, reason }],
  roleChanged: ({ userId, role }) => [{ type: 'member.role', userId, role }],
  hostChanged: ({ previousHostId, hostId }) => [{ type: 'host.changed', previousHostId, hostId }],
  roomUpdated: ({ changed, room }) => [{ type: 'room.updated', changed, room }],
  botToggled: ({ enabled }) => [{ type: 'bot.toggled', enabled }],
  roomArchived: ({ archivedAt }) => [{ type: 'room.updated', changed: ['archivedAt'], room: { archivedAt } }],
  roomPurged: () => [],
};

/**
 * Writes what happens in a room into its log, in the transaction that changes the copy of its memberships, under the
 * room's lock. So a removed person's last entry is their removal.
 */
@Injectable()
export class RoomEntries extends MembershipHooks {
  constructor(
    private readonly access: AccessRepository,
    private readonly log: RoomLogRepository,
    private readonly purges: RoomPurges,
  ) {
    super();
  }

  override async happened<N extends RoomFactName>(tx: EntityManager, name: N, fact: RoomFact<N>, joined?: SavedMember): Promise<void> {
    const room = await this.log.lock(tx, fact.roomId);
    if (name === 'roomPurged') return this.purge(tx, fact);
    if ('room' in fact) await this.access.saveEditWindow(tx, fact.room, fact.version);
    if ('room' in fact) await this.access.saveKind(tx, fact.room);
    const bodies = ENTRIES[name](fact);
    const stored = await this.log.append(
      tx,
      room,
      bodies.map((body) => ({ actorId: fact.actorId, body })),
      (entries) => metaOf(fact, entries[0]!.seq),
    );
    if (joined) await this.startHere(tx, joined, stored[0]!.seq);
  }

  private async purge(tx: EntityManager, { roomId, actorId }: RoomFact): Promise<void> {
    await this.log.close(tx, roomId);
    await this.purges.ask(tx, roomId, actorId);
  }

  override async learned(tx: EntityManager, member: SavedMember, answer: MembershipAnswer): Promise<void> {
    await this.access.saveEditWindow(tx, answer.room, answer.version);
    await this.access.saveKind(tx, answer.room);
    const room: LockedRoom = await this.log.lock(tx, member.roomId);
    await this.access.markJoined(tx, member, room.lastSeq + 1);
  }

  /** Who joins has nothing to catch up on; who comes back starts again from here. */
  private async startHere(tx: EntityManager, member: SavedMember, seq: number): Promise<void> {
    await this.access.markJoined(tx, member, seq);
    await tx.execute(
      `insert into read_markers (room_id, user_id, seq) values (?, ?, ?)
       on conflict (room_id, user_id) do update set seq = greatest(read_markers.seq, excluded.seq)`,
      [member.roomId, member.userId, seq],
    );
  }
}

function departure({ how, userId, reason, until }: Pick<RoomFact<'memberRemoved'>, 'how' | 'userId' | 'reason' | 'until'>): EntryBody {
  switch (how) {
    case 'left':
      return { type: 'member.left', userId };
    case 'kicked':
      return { type: 'member.kicked', userId, reason };
    case 'banned':
      return { type: 'member.banned', userId, reason, until: until ?? null, wasMember: true };
  }
}

/** What gateways act on before they emit anything later. */
function metaOf(fact: RoomFact, seq: number): AppendedMeta {
  const removed = 'how' in fact ? { removed: [{ userId: fact.userId, seq }] } : {};
  const archived = 'archivedAt' in fact || ('archived' in fact && fact.archived) ? { archived: true } : {};
  return { ...removed, ...archived };
}
