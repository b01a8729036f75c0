import type { AdminMessage, DeletedMessage, MessageVersion, ParsedInputOf, messages } from '@atrium/contracts';
import { foundSql, indexQuery, type Sql, type Term } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KEPT_FOR_DAYS } from '../changes/deletions.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';

export type AdminFilter = Omit<ParsedInputOf<typeof messages.adminMessages>, 'query' | 'reason' | 'limit'>;
/** A message, and whether the admin may see it as a member of its room. */
export type FoundMessage = AdminMessage & { isOwn: boolean };

type Row = MessageRow & { deleted_by: string | null; deleted_reason: string | null; is_own: boolean };
type DeletedRow = Omit<DeletedMessage, 'deletedAt' | 'keptUntil' | 'fileIds' | 'versions'> & {
  deletedAt: string;
  fileIds: string[] | null;
  versions: Pick<MessageVersion, 'version' | 'body' | 'at'>[];
};

/** What the index may find of a text; the newest of it are shown. */
const FOUND_AT_MOST = 5000;
const KEPT = `d.deleted_at > now() - interval '${KEPT_FOR_DAYS} days'`;

/** Messages of every room, for those who answer for the server. */
@Injectable()
export class AdminMessagesRepository {
  /** Newest first. @param terms what must be in them */
  async find(
    em: EntityManager,
    actorId: string,
    filter: AdminFilter,
    { terms, limit }: { terms: Term[]; limit: number },
  ): Promise<FoundMessage[]> {
    const conditions = conditionsOf(filter);
    const where = conditions.map(([sql]) => sql).join(' and ');
    const parameters = conditions.flatMap(([, ...values]) => values);
    const source = sourceOf(filter, { where, parameters, terms, limit });
    const rows = await em.execute<Row[]>(
      `select m.*, d.deleted_by, d.reason as deleted_reason,
              exists (select 1 from access a join rooms r on r.id = a.room_id
                       where a.room_id = m.room_id and a.user_id = ? and a.removed_at is null
                         and (r.history_visibility = 'all' or m.seq >= a.joined_seq)) as is_own
         from (${source.sql}) m left join deleted_messages d on d.message_id = m.id
        order by m.id desc limit ?`,
      [actorId, ...source.parameters, limit],
    );
    return rows.map(toFound);
  }

  /** What a deleted message said, while that is kept. */
  async findDeleted(em: EntityManager, messageId: string): Promise<DeletedMessage | null> {
    const [row] = await em.execute<DeletedRow[]>(
      `select message_id as id, room_id as "roomId", author_id as "authorId", body, file_ids as "fileIds", versions,
              deleted_by as "deletedBy", deleted_at as "deletedAt", reason
         from deleted_messages d where message_id = ? and ${KEPT}`,
      [messageId],
    );
    if (!row) return null;
    const deletedAt = new Date(row.deletedAt);
    return {
      ...row,
      fileIds: row.fileIds ?? [],
      versions: row.versions.map(({ version, body, at }) => ({ version, body, at: new Date(at).toISOString() })),
      deletedAt: deletedAt.toISOString(),
      keptUntil: new Date(deletedAt.getTime() + KEPT_FOR_DAYS * 86_400_000).toISOString(),
    };
  }
}

type Condition = [sql: string, ...values: unknown[]];

function conditionsOf({ roomId, authorId, from, to, deleted, cursor }: AdminFilter): Condition[] {
  const all: (Condition | false)[] = [
    ['true'],
    roomId !== undefined && ['m.room_id = ?', roomId],
    authorId !== undefined && ['m.author_id = ?', authorId],
    from !== undefined && ['m.created_at >= ?::timestamptz', from],
    to !== undefined && ['m.created_at < ?::timestamptz', to],
    deleted !== undefined && [`(m.deleted_at is not null) = ?`, deleted],
    cursor !== undefined && ['m.id < ?::uuid', cursor],
  ];
  return all.filter((condition) => condition !== false);
}

type Narrowed = { where: string; parameters: unknown[]; terms: Term[]; limit: number };

/** By whichever index leads to them; ids are in the order of time. */
function sourceOf({ authorId, roomId }: AdminFilter, { where, parameters, terms, limit }: Narrowed): Sql {
  if (terms.length > 0) {
    const found = foundSql(terms);
    return {
      sql: `select m.* from (select * from message_search where terms @@ ?::tsquery limit ${FOUND_AT_MOST}) s
              join messages m on m.id = s.message_id and m.deleted_at is null
             where ${found.sql} and ${where}`,
      parameters: [indexQuery(terms), ...found.parameters, ...parameters],
    };
  }
  if (roomId === undefined && authorId !== undefined)
    return {
      sql: `select m.* from access a cross join lateral (
              select * from messages m where m.room_id = a.room_id and ${where} order by m.seq desc limit ?) m
             where a.user_id = ?`,
      parameters: [...parameters, limit, authorId],
    };
  return { sql: `select m.* from messages m where ${where} order by m.id desc limit ?`, parameters: [...parameters, limit] };
}

function toFound(row: Row): FoundMessage {
  const instant = (value: string | Date | null) => (value === null ? null : new Date(value).toISOString());
  return {
    id: row.id,
    roomId: row.room_id,
    seq: row.seq,
    authorId: row.author_id,
    clientId: row.client_id ?? undefined,
    kind: row.kind,
    parentId: row.parent_id,
    body: row.deleted_at === null ? row.body : null,
    fileIds: row.file_ids ?? [],
    createdAt: new Date(row.created_at).toISOString(),
    editedAt: instant(row.edited_at),
    deletedAt: instant(row.deleted_at),
    deletedBy: row.deleted_by,
    deletedReason: row.deleted_reason,
    isOwn: row.is_own,
  };
}
