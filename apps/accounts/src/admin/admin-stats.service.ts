import type { OutputOf, accounts } from '@atrium/contracts';
import { addedSeries, levelSeries, type StatRange } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** How the number of people and what they spend went over time. */
@Injectable()
export class AdminStats {
  constructor(private readonly em: EntityManager) {}

  async series(range: StatRange): Promise<OutputOf<typeof accounts.adminStats>> {
    const em = this.em.fork();
    const users = { table: 'users', at: 'created_at' };
    const spent = { table: 'credit_entries', at: 'at', value: '-sum(amount)', where: 'amount < 0' };
    return {
      series: [
        await levelSeries(em, { name: 'people', title: 'People', unit: 'count' }, { came: users }, range),
        await addedSeries(em, { name: 'registrations', title: 'New accounts', unit: 'count' }, users, range),
        await addedSeries(em, { name: 'creditsSpent', title: 'Credits spent', unit: 'count' }, spent, range),
      ],
    };
  }
}
