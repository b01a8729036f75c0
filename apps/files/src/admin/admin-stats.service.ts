import type { OutputOf, files } from '@atrium/contracts';
import { addedSeries, levelSeries, type StatRange } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

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
    const seconds = { ...asked, value: 'avg(extract(epoch from answered_at - created_at))', where: 'answered_at is not null' };
    return {
      series: [
        await addedSeries(em, { name: 'files', title: 'Files uploaded', unit: 'count' }, uploaded, range),
        await levelSeries(em, { name: 'storage', title: 'Storage', unit: 'bytes' }, { came: stored, went: removed }, range),
        await addedSeries(em, { name: 'questions', title: 'Questions', unit: 'count' }, asked, range),
        await addedSeries(em, { name: 'answers', title: 'Questions answered', unit: 'count' }, answered, range),
        await addedSeries(em, { name: 'answerSeconds', title: 'Time to an answer', unit: 'seconds' }, seconds, range),
      ],
    };
  }
}
