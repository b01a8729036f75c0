import type { OutputOf, messages } from '@atrium/contracts';
import { addedSeries, type StatRange } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** How much was written. */
@Injectable()
export class AdminStats {
  constructor(private readonly em: EntityManager) {}

  async series(range: StatRange): Promise<OutputOf<typeof messages.adminStats>> {
    const em = this.em.fork();
    // Ids begin with the time, so that the key leads to the range; a step is kept of margin for the clocks of instances.
    const first = idAt(Date.parse(range.from) - range.stepSeconds * 1000);
    const written = { table: 'messages', at: 'created_at', where: `id >= '${first}'` };
    return {
      series: [
        await addedSeries(em, { name: 'messages', title: 'Messages', unit: 'count' }, { ...written }, range),
        await addedSeries(
          em,
          { name: 'writers', title: 'People who wrote', unit: 'count' },
          { ...written, value: 'count(distinct author_id)' },
          range,
        ),
      ],
    };
  }
}

/** The least id that can be made at a time. */
function idAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
