import { AppError, type Call, type FileRecord, type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesAccess, type Standing } from '../access/files.access.ts';
import { FileEntity } from '../files/file.entity.ts';
import { toFileRecord } from '../files/file.mapper.ts';
import { visibleTo } from '../files/visible-to.ts';
import { newestOf, sameName } from './one-name.ts';

type Row = { id: string; revision: number; newestId: string | null };
/** The part of a history that a member sees. */
type Seen = Pick<Standing, 'seesSince'>;

/** Files of the same name in a room are versions of each other; each stays a file of its own, with an address of its own. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
  ) {}

  async list(userId: string, wanted: ParsedInputOf<typeof files.versions>, call: Call): Promise<OutputOf<typeof files.versions>> {
    const standing = await this.access.requireMember(userId, wanted.roomId, call);
    const em = this.em.fork();
    const asked = await em.findOne(FileEntity, { id: wanted.fileId, ...visibleTo(standing) });
    if (!asked) throw new AppError('file_not_found');
    const ids = await this.findIds(em, standing, wanted);
    const shown = ids.slice(0, wanted.limit);
    const found = await em.find(FileEntity, { id: { $in: shown }, ...visibleTo(standing) }, { orderBy: { createdAt: 'desc', id: 'desc' } });
    const items = await this.tell(em, standing, found.map(toFileRecord));
    return { items, nextCursor: ids.length > wanted.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Files as members see them, with which file of its name each is. */
  async tell(em: EntityManager, { seesSince }: Seen, of: readonly FileRecord[]): Promise<FileRecord[]> {
    if (of.length === 0) return [];
    const rows = await em.execute<Row[]>(
      `select f.id, ${newestOf('f')} as "newestId",
          (select 1 + count(*)::int from files older where ${sameName('older', 'f')} and not older.draft
              and (older.created_at, older.id) < (f.created_at, f.id) and older.created_at >= coalesce(?::timestamptz, '-infinity')) as revision
         from files f where f.id = any(?::uuid[])`,
      [seesSince?.toISOString() ?? null, uuidArray(of.map((file) => file.id))],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return of.map((file) => {
      const row = byId.get(file.id);
      return { ...file, revision: row?.revision, newestId: row?.newestId ?? undefined };
    });
  }

  /** Newest first; one more than wanted where there are more. Of drafts, the one that was asked for alone. */
  private async findIds(em: EntityManager, { seesSince }: Seen, wanted: ParsedInputOf<typeof files.versions>): Promise<string[]> {
    const before = readIdCursor(wanted.cursor) ?? null;
    const rows = await em.execute<{ id: string }[]>(
      `select f.id from files f join files asked on asked.id = ? and asked.room_id = ? and ${sameName('f', 'asked')}
        where f.deleted_at is null and (not f.draft or f.id = asked.id) and f.created_at >= coalesce(?::timestamptz, '-infinity')
          and (?::uuid is null or (f.created_at, f.id) < (select created_at, id from files where id = ?::uuid and room_id = asked.room_id))
        order by f.created_at desc, f.id desc limit ?`,
      [wanted.fileId, wanted.roomId, seesSince?.toISOString() ?? null, before, before, wanted.limit + 1],
    );
    return rows.map(({ id }) => id);
  }
}
