import { Signals, requireActor } from '@atrium/bus';
import { AppError, roomSignals, type Call, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Chronicle } from '../chronicle/chronicle.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { getMember } from '../members/members.service.ts';
import { authorityOf, canModerate } from '../members/permissions.ts';
import { RoomsAccess, requireNotArchived } from '../rooms/rooms.access.ts';

/** Raised hands, in the order in which they went up. */
@Injectable()
export class HandsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly chronicle: Chronicle,
    private readonly signals: Signals,
  ) {}

  /** Raising a raised hand keeps its place. Nobody raises another's; moderators lower them. */
  async raise({ roomId, raised, userId }: ParsedInputOf<typeof rooms.raiseHand>, call: Call): Promise<void> {
    const actorId = requireActor(call);
    await transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockAsMember(tx, roomId, actorId, 'not_a_member');
      requireNotArchived(room);
      if (userId === undefined || userId === actorId) return this.move(tx, me, raised);
      if (raised || !canModerate(authorityOf(room, me))) throw new AppError('forbidden', 'Only moderators may lower somebody’s hand');
      const target = await getMember(tx, roomId, userId);
      if (target.handRaisedAt) this.chronicle.note(tx, { roomId, actorId, action: 'hand.lowered', targetId: userId });
      this.move(tx, target, false);
    });
  }

  async lowerAll(roomId: string, call: Call): Promise<void> {
    const actorId = requireActor(call);
    await transact(this.em, async (tx) => {
      const { room, me } = await this.access.lockActive(tx, roomId, actorId);
      if (!canModerate(authorityOf(room, me))) throw new AppError('forbidden', 'Only moderators may lower everybody’s hand');
      const raised = await tx.find(MemberEntity, { roomId, handRaisedAt: { $ne: null } });
      if (raised.length > 0) this.chronicle.note(tx, { roomId, actorId, action: 'hand.lowered', details: { hands: raised.length } });
      for (const member of raised) this.move(tx, member, false);
    });
  }

  private move(tx: EntityManager, member: MemberEntity, raised: boolean): void {
    if ((member.handRaisedAt !== null) === raised) return;
    member.handRaisedAt = raised ? new Date() : null;
    const { roomId, userId } = member;
    const handRaisedAt = member.handRaisedAt?.toISOString() ?? null;
    afterCommit(tx, () => this.signals.send(roomSignals.hand, { roomId, userId, handRaisedAt }));
  }
}
