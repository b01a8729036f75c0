import { AppError, type StorageUse } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { FilesConfig } from '../config.ts';

type Where = { userId: string; roomId: string };
const SCOPES = ['person', 'room', 'server'] as const;
type Scope = (typeof SCOPES)[number];

const WHOSE: Record<Scope, string> = { person: 'Your files', room: 'The files of this room', server: 'All files on this server' };
const WHAT_TO_DO: Record<Scope, string> = {
  person: 'Delete some of yours, or ask an admin for more.',
  room: 'Delete some of them, or ask an admin for more.',
  server: 'Ask an admin for more.',
};

const EVERYTHING = '00000000-0000-0000-0000-000000000000';

/** How much one may store: oneself, in a room, and all together. */
@Injectable()
export class Quotas {
  private readonly limits: Record<Scope, number>;

  constructor(@Inject(CONFIG) config: FilesConfig) {
    const { FILES_QUOTA_PERSON_BYTES: person, FILES_QUOTA_ROOM_BYTES: room, FILES_QUOTA_SERVER_BYTES: server } = config;
    this.limits = { person, room, server };
  }

  /** Null where there is none. */
  limitOf(scope: Scope): number | null {
    return this.limits[scope] > 0 ? this.limits[scope] : null;
  }

  /** Counts files, and what uploads take that are not finished. */
  async usage(em: EntityManager, { userId, roomId }: Where): Promise<Record<Scope, StorageUse>> {
    const rows = await em.execute<{ scope: Scope; bytes: string }[]>(
      `select scope, bytes from storage_usage where (scope, id) in (('person', ?::uuid), ('room', ?::uuid), ('server', '${EVERYTHING}'))`,
      [userId, roomId],
    );
    const used = new Map(rows.map(({ scope, bytes }) => [scope, Number(bytes)]));
    const use = (scope: Scope): StorageUse => ({ usedBytes: used.get(scope) ?? 0, limitBytes: this.limitOf(scope) });
    return { person: use('person'), room: use('room'), server: use('server') };
  }

  /** What all files take together. */
  async ofServer(em: EntityManager): Promise<StorageUse> {
    return (await this.usage(em, { userId: EVERYTHING, roomId: EVERYTHING })).server;
  }

  /** @throws AppError `storage_full`, which says whose space it is and what to do */
  async requireSpace(em: EntityManager, where: Where, bytes: number): Promise<void> {
    this.requireWithin(await this.usage(em, where), bytes);
  }

  /**
   * In the transaction that counted so many bytes: it holds the locks on what it counted, so that of any number at once
   * no two can have the last space.
   * @throws AppError `storage_full`
   */
  async requireCounted(tx: EntityManager, where: Where, bytes: number): Promise<void> {
    const usage = await this.usage(tx, where);
    for (const scope of SCOPES) usage[scope].usedBytes -= bytes;
    this.requireWithin(usage, bytes);
  }

  private requireWithin(usage: Record<Scope, StorageUse>, more: number): void {
    const full = SCOPES.find((scope) => usage[scope].limitBytes !== null && usage[scope].usedBytes + more > usage[scope].limitBytes);
    if (!full) return;
    const detail = `${WHOSE[full]} may take ${inUnits(this.limits[full])} together. ${WHAT_TO_DO[full]}`;
    throw new AppError('storage_full', detail, { scope: full, ...usage[full] });
  }
}

/** Decimal units, as disks are sold: 1.5 GB. */
function inUnits(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${units[power]}`;
}
