import { AppError } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { FilesConfig } from '../config.ts';

type Where = { userId: string; roomId: string };
type Scope = 'person' | 'room' | 'server';

const WHOSE: Record<Scope, string> = { person: 'Your files', room: 'The files of this room', server: 'All files on this server' };
const WHAT_TO_DO: Record<Scope, string> = {
  person: 'Delete some of yours, or ask an admin for more.',
  room: 'Delete some of them, or ask an admin for more.',
  server: 'Ask an admin for more.',
};

/** How much one may store: oneself, in a room, and all together. */
@Injectable()
export class Quotas {
  private readonly limits: [Scope, number][];

  constructor(@Inject(CONFIG) config: FilesConfig) {
    const { FILES_QUOTA_PERSON_BYTES: person, FILES_QUOTA_ROOM_BYTES: room, FILES_QUOTA_SERVER_BYTES: server } = config;
    const limits: [Scope, number][] = [
      ['person', person],
      ['room', room],
      ['server', server],
    ];
    this.limits = limits.filter(([, limit]) => limit > 0);
  }

  /**
   * Counts files, and what has come of uploads that are not finished.
   *
   * @param more bytes that are not counted yet. In the transaction that stored them it is 0: their rows hold the locks
   * under which they were counted, so that two uploads at once cannot both have the last space.
   * @throws AppError `storage_full`, which says whose space it is and what to do
   */
  async requireSpace(em: EntityManager, { userId, roomId }: Where, more: number): Promise<void> {
    const rows = await em.execute<{ scope: Scope; bytes: string }[]>(
      `select scope, sum(bytes) as bytes from (
         select scope, bytes from storage_usage
          where (scope, id) in (('person', ?::uuid), ('room', ?::uuid), ('server', '00000000-0000-0000-0000-000000000000'))
         union all select 'person', received from resumable_uploads where uploader_id = ?
         union all select 'room', received from resumable_uploads where room_id = ?
         union all select 'server', received from resumable_uploads
       ) taken group by scope`,
      [userId, roomId, userId, roomId],
    );
    const used = new Map(rows.map(({ scope, bytes }) => [scope, Number(bytes)]));
    const full = this.limits.find(([scope, limit]) => (used.get(scope) ?? 0) + more > limit);
    if (!full) return;
    const [scope, limit] = full;
    throw new AppError('storage_full', `${WHOSE[scope]} may take ${inUnits(limit)} together. ${WHAT_TO_DO[scope]}`);
  }
}

/** Decimal units, as disks are sold: 1.5 GB. */
function inUnits(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${units[power]}`;
}
