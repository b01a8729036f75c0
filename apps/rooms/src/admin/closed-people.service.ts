import { AppError, type PayloadOf, type accountEvents } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DoorKeeping } from '../lobby/door-keeping.service.ts';
import { DeparturesService } from '../members/departures.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { DisabledPeople } from './disabled-people.repository.ts';

/**
 * Takes who has closed their account out of every room, as if they left: what they led passes on. Direct rooms they stay
 * in, under the name of nobody, since the others read there on. Hearing it twice, or half of it once, ends the same.
 */
@Injectable()
export class ClosedPeople {
  constructor(
    private readonly em: EntityManager,
    private readonly people: DisabledPeople,
    private readonly departures: DeparturesService,
    private readonly doors: DoorKeeping,
  ) {}

  async take({ userId, at }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    await transact(this.em, (tx) => this.people.save(tx, { userId, disabled: true, at }));
    await this.doors.withdrawEverywhere(userId);
    const seats = await this.em.fork().find(MemberEntity, { userId }, { orderBy: { roomId: 'asc' } });
    for (const { roomId } of seats) await this.leave(roomId, userId);
  }

  private async leave(roomId: string, userId: string): Promise<void> {
    try {
      await this.departures.depart(roomId, userId);
    } catch (error) {
      // Somebody has removed them meanwhile.
      if (AppError.from(error).code !== 'not_a_member') throw error;
    }
  }
}
