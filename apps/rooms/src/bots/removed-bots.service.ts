import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeparturesService } from '../members/departures.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';

/** Takes a bot that is gone out of every room. News that comes twice finds it out already. */
@Injectable()
export class RemovedBots {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly departures: DeparturesService,
  ) {}

  async leaveAll(botId: string): Promise<void> {
    const seats = await this.em.find(MemberEntity, { userId: botId }, { orderBy: { roomId: 'asc' } });
    for (const { roomId } of seats) await transact(this.em, (tx) => this.leave(tx, roomId, botId));
  }

  private async leave(tx: EntityManager, roomId: string, userId: string): Promise<void> {
    const room = await this.access.lock(tx, roomId);
    const member = await tx.findOne(MemberEntity, { roomId, userId });
    if (member) await this.departures.takeOut(tx, room, member);
  }
}
