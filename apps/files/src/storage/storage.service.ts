import { Id, type Call, type OutputOf, type ParsedInputOf, type RoomStorage, type files } from '@atrium/contracts';
import { CONFIG, pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FilesAccess } from '../access/files.access.ts';
import type { FilesConfig } from '../config.ts';
import { Quotas } from './quotas.ts';

type Row = { id: string; bytes: string };
const Place = z.tuple([z.int().min(0), Id]);

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
    const [bytes = null, id = null] = readCursor(cursor, Place) ?? [];
    const em = this.em.fork();
    const rows = await em.execute<Row[]>(
      `select id, bytes from storage_usage where scope = ? and bytes > 0 and (?::bigint is null or (bytes, id) < (?::bigint, ?::uuid))
        order by bytes desc, id desc limit ?`,
      [by, bytes, bytes, id, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [Number(row.bytes), row.id]);
    const items = page.rows.map((row) => ({ id: row.id, usedBytes: Number(row.bytes) }));
    return { items, nextCursor: page.nextCursor, limitBytes: this.quotas.limitOf(by), server: await this.quotas.ofServer(em) };
  }
}
