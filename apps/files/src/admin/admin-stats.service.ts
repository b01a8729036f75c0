import type { OutputOf, files } from '@atrium/contracts';
import { addedSeries, levelSeries, type StatRange } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** What still waits, or is being read. */
const UNSETTLED = `'stored', 'queued', 'extracting'`;

/** What was uploaded, what it takes, and what was asked of it. */
@Injectable()
export class AdminStats {
  constructor(private readonly em: EntityManager) {}

  async series(range: StatRange): Promise<OutputOf<typeof files.adminStats>> {
    const em = this.em.fork();
    const uploaded = { table: 'files', at: 'created_at' };
    const stored = { ...uploaded, value: 'coalesce(sum(size), 0)' };
    const removed = { ...stored, at: 'deleted_at', where: 'deleted_at is not null' };
    const asked = { table: 'file_chats', at: 'created_at' };
    const answered = { ...asked, where: `status = 'answered'` };
    const settled = {
      table: 'files',
      at: 'coalesce(deleted_at, touched_at)',
      where: `(deleted_at is not null or status not in (${UNSETTLED}))`,
    };
    const seconds = { ...asked, value: 'avg(extract(epoch from answered_at - created_at))', where: 'answered_at is not null' };
    const slowest = { ...seconds, value: 'percentile_cont(0.95) within group (order by extract(epoch from answered_at - created_at))' };
    return {
      series: [
        await addedSeries(em, { name: 'files', title: 'Files uploaded', unit: 'count' }, uploaded, range),
        await levelSeries(em, { name: 'storage', title: 'Storage', unit: 'bytes' }, { came: stored, went: removed }, range),
        await levelSeries(
          em,
          { name: 'queue', title: 'Files waiting to be read', unit: 'count' },
          { came: uploaded, went: settled },
          range,
        ),
        await addedSeries(em, { name: 'questions', title: 'Questions', unit: 'count' }, asked, range),
        await addedSeries(em, { name: 'answers', title: 'Questions answered', unit: 'count' }, answered, range),
        await addedSeries(em, { name: 'answerSeconds', title: 'Time to an answer', unit: 'seconds' }, seconds, range),
        await addedSeries(
          em,
          { name: 'answerSecondsSlowest', title: 'Time to an answer, the slowest in twenty', unit: 'seconds' },
          slowest,
          range,
        ),
      ],
    };
  }
}
