import { AppError, type Call } from '@atrium/contracts';
import { Membership, MembershipRepository, type Standing as KnownStanding } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** Someone's standing in a room they are in. Files older than `seesSince` are hidden from them. */
export type Standing = KnownStanding & { seesSince: Date | null };

/**
 * Who may do what with files. Denies by default; before it refuses it asks the rooms service once, because the
 * copy of the memberships may be behind. What was granted is remembered, what was refused never.
 */
@Injectable()
export class FilesAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly copy: MembershipRepository,
    private readonly membership: Membership,
  ) {}

  requireMember(userId: string, roomId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId }, call, () => undefined);
  }

  requireCanUpload(userId: string, roomId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId }, call, whyNotUpload);
  }

  /** Moderators and the host. */
  requireModerator(userId: string, roomId: string, call: Call): Promise<Standing> {
    return this.require({ userId, roomId }, call, ({ role }) =>
      role === 'member' ? new AppError('forbidden', 'Only the host and moderators may do this.') : undefined,
    );
  }

  /**
   * Whether they still may, as far as this service was told. Who asks within a transaction keeps a removal from being
   * taken in until it ends, so that nothing of theirs is committed after it.
   */
  async canStillUpload(tx: EntityManager, userId: string, roomId: string): Promise<boolean> {
    await this.copy.lock(tx, roomId, 'for share');
    const standing = await this.find(tx, { userId, roomId });
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
    const known = await this.find(this.em.fork(), who);
    if (known && !whyNot(known)) return known;
    await this.membership.ask(who.roomId, who.userId, call);
    const standing = await this.find(this.em.fork(), who);
    if (!standing) throw new AppError('not_a_member');
    const refusal = whyNot(standing);
    if (refusal) throw refusal;
    return standing;
  }

  private async find(em: EntityManager, { userId, roomId }: { userId: string; roomId: string }): Promise<Standing | null> {
    const standing = await this.copy.find(em, roomId, userId);
    return standing && { ...standing, seesSince: standing.historyVisibility === 'since_join' ? standing.joinedAt : null };
  }
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
