import type { OutputOf, rooms } from '@atrium/contracts';
import { addedSeries, levelSeries, type StatRange } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** How many rooms there were, and how many people came into them. */
@Injectable()
export class AdminStats {
  constructor(private readonly em: EntityManager) {}

  async series(range: StatRange): Promise<OutputOf<typeof rooms.adminStats>> {
    const em = this.em.fork();
    const made = { table: 'rooms', at: 'created_at' };
    const archived = { table: 'rooms', at: 'archived_at', where: 'archived_at is not null' };
    const joins = { table: 'audit', at: 'at', where: `action in ('member.joined', 'member.admitted', 'member.added')` };
    return {
      series: [
        await levelSeries(em, { name: 'rooms', title: 'Open rooms', unit: 'count' }, { came: made, went: archived }, range),
        await addedSeries(em, { name: 'joins', title: 'Joins', unit: 'count' }, joins, range),
      ],
    };
  }
}
