import { validationError, type Call, type OutputOf, type ParsedInputOf, type RoomStorage, type files } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { Quotas } from './quotas.ts';

type Row = { id: string; bytes: string };

/** Tells how much is stored, by whom and where, and how much may be. */
@Injectable()
export class StorageService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly quotas: Quotas,
    @Inject(CONFIG) private readonly config: FilesConfig,
  ) {}

  async ofRoom(userId: string, roomId: string, call: Call): Promise<RoomStorage> {
    await this.access.requireMember(userId, roomId, call);
    const { person, room } = await this.quotas.usage(this.em.fork(), { userId, roomId });
    return { person, room, maxFileBytes: this.config.FILES_MAX_BYTES };
  }

  /** Those who store most come first. */
  async list({ by, cursor, limit }: ParsedInputOf<typeof files.adminStorage>): Promise<OutputOf<typeof files.adminStorage>> {
    const after = cursor === undefined ? null : readCursor(cursor);
    const em = this.em.fork();
    const rows = await em.execute<Row[]>(
      `select id, bytes from storage_usage where scope = ? and bytes > 0 and (?::bigint is null or (bytes, id) < (?::bigint, ?::uuid))
        order by bytes desc, id desc limit ?`,
      [by, after?.bytes ?? null, after?.bytes ?? null, after?.id ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ id, bytes }) => ({ id, usedBytes: Number(bytes) }));
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? `${last.usedBytes}.${last.id}` : null;
    return { items, nextCursor, limitBytes: this.quotas.limitOf(by), server: await this.quotas.ofServer(em) };
  }
}

function readCursor(cursor: string): { bytes: string; id: string } {
  const [, bytes, id] = /^(\d{1,15})\.([\da-f-]{36})$/.exec(cursor) ?? [];
  if (bytes === undefined || id === undefined) throw validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);
  return { bytes, id };
}
