import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type Call, type RoomRole } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessMemberEntity, AccessRoomEntity } from './access.entities.ts';
import { AccessRepository } from './access.repository.ts';

/** Someone's standing in a room they are in. */
export type Standing = {
  roomId: string;
  userId: string;
  role: RoomRole;
  mutedUntil: Date | null;
  whoCanPost: 'everyone' | 'moderators';
  archived: boolean;
  /** Files older than this are hidden from them. */
  seesSince: Date | null;
};

/**
 * Who may do what with files. Denies by default; before it refuses it asks the rooms service once, because the
 * projection may be behind. What was granted is remembered, what was refused never.
 */
@Injectable()
export class FilesAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: AccessRepository,
    private readonly rpc: RpcClient,
  ) {}

  requireMember(userId: string, roomId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId }, call, () => undefined);
  }

  requireCanUpload(userId: string, roomId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId }, call, whyNotUpload);
  }

  /**
   * Whether they still may, as far as this service was told. Who asks within a transaction keeps a removal from being
   * taken in until it ends, so that nothing of theirs is committed after it.
   */
  async canStillUpload(tx: EntityManager, userId: string, roomId: string): Promise<boolean> {
    const standing = await this.findStanding(tx, { userId, roomId }, LockMode.PESSIMISTIC_READ);
    return standing !== null && !whyNotUpload(standing);
  }

  /** Uploader, moderator or host; also in an archived room: what was said there can be taken back, and so can a file. */
  requireCanRemove(file: Owned, userId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId: file.roomId }, call, (standing) => whyNotManage(standing, file));
  }

  /** The same people, while the room is open: an archived room stays as it is. */
  requireCanRetry(file: Owned, userId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId: file.roomId }, call, (standing) =>
      standing.archived ? new AppError('room_archived') : whyNotManage(standing, file),
    );
  }

  private async require(
    who: { userId: string; roomId: string },
    call: Call,
    whyNot: (standing: Standing) => AppError | undefined,
  ): Promise<Standing> {
    const known = await this.findStanding(this.em.fork(), who);
    if (known && !whyNot(known)) return known;
    const standing = await this.askRooms(who, call);
    const refusal = whyNot(standing);
    if (refusal) throw refusal;
    return standing;
  }

  private async findStanding(
    em: EntityManager,
    { userId, roomId }: { userId: string; roomId: string },
    lockMode?: LockMode,
  ): Promise<Standing | null> {
    const member = await em.findOne(AccessMemberEntity, { roomId, userId, present: true }, { lockMode });
    const room = member && (await em.findOne(AccessRoomEntity, { roomId }, { lockMode }));
    return member && room ? toStanding(room, member) : null;
  }

  private async askRooms({ userId, roomId }: { userId: string; roomId: string }, call: Call): Promise<Standing> {
    const { version, room, member } = await this.rpc.call(rooms.getMembership, { roomId, userId }, call);
    if (!member) {
      // What a stranger may not see answers like what does not exist.
      throw new AppError(room.visibility === 'public' ? 'not_a_member' : 'room_not_found');
    }
    await transact(this.em, async (tx) => {
      await this.repository.putRoom(tx, room, version);
      await this.repository.putMember(tx, roomId, member, version);
    });
    return toStanding(
      { ...room, roomId, archivedAt: room.archivedAt === null ? null : new Date(room.archivedAt) },
      { ...member, joinedAt: new Date(member.joinedAt), mutedUntil: member.mutedUntil === null ? null : new Date(member.mutedUntil) },
    );
  }
}

type RoomFacts = Pick<AccessRoomEntity, 'roomId' | 'whoCanPost' | 'historyVisibility' | 'archivedAt'>;
type MemberFacts = Pick<AccessMemberEntity, 'userId' | 'role' | 'joinedAt' | 'mutedUntil'>;

function toStanding(room: RoomFacts, member: MemberFacts): Standing {
  return {
    roomId: room.roomId,
    userId: member.userId,
    role: member.role,
    mutedUntil: member.mutedUntil ?? null,
    whoCanPost: room.whoCanPost,
    archived: room.archivedAt != null,
    seesSince: room.historyVisibility === 'since_join' ? member.joinedAt : null,
  };
}

type Owned = { roomId: string; uploaderId: string };

function whyNotManage(standing: Standing, file: Owned): AppError | undefined {
  if (file.uploaderId === standing.userId || standing.role !== 'member') return undefined;
  return new AppError('forbidden', 'Only the person who uploaded the file and moderators may do this.');
}

function whyNotUpload(standing: Standing): AppError | undefined {
  if (standing.archived) return new AppError('room_archived');
  if (standing.mutedUntil && standing.mutedUntil > new Date()) return new AppError('muted');
  if (standing.whoCanPost === 'moderators' && standing.role === 'member') return new AppError('posting_restricted');
  return undefined;
}
