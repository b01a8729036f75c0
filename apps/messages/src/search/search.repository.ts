import type { SearchRequest } from '@atrium/contracts';
import { anyMark, foundSql, indexQuery, scoreSql, uuidArray, type Found, type Sql, type Term } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { MessageRow } from '../messages/message.row.ts';
import { mark } from './marks.ts';

/** What the index may find before a search looks at what is newest instead. */
const FOUND_AT_MOST = 5000;
/** Messages looked at from the newest back, over all rooms. */
const LOOK_AT = 20_000;
const LOOK_AT_EACH = 20;
/** Of so many messages so many: what is said that often is looked for among the newest alone. */
const PROBE = 2000;
const COMMON = 100;
/** With more rooms than these, the index is not asked for each. */
const MOST_ROOMS = 300;

export type FoundRow = MessageRow & { rank: number; score: number };

/**
 * Searches the index. It only says where to look: what is found is joined with the message as it is now and with the
 * reader's membership as it is now, so that what was edited, deleted or hidden is not found, however far the index is.
 */
@Injectable()
export class SearchRepository {
  /** For the rest of a transaction: an index of words can be read in no other way. */
  async allowWordIndex(tx: EntityManager): Promise<void> {
    await tx.execute('set local enable_bitmapscan = on');
  }

  async findRooms(tx: EntityManager, readerId: string, roomIds: readonly string[] | undefined): Promise<string[]> {
    const rows = await tx.execute<{ room_id: string }[]>(
      `select room_id from access where user_id = ? and removed_at is null ${roomIds ? 'and room_id = any(?::uuid[])' : ''}`,
      [readerId, ...(roomIds ? [uuidArray(roomIds)] : [])],
    );
    return rows.map(({ room_id }) => room_id);
  }

  async find(
    tx: EntityManager,
    readerId: string,
    request: SearchRequest,
    within: { rooms: string[]; terms: Term[] },
  ): Promise<Found<FoundRow>> {
    const marks = marksOf(request, readerId);
    const rooms = within.rooms.length <= MOST_ROOMS ? [anyMark(within.rooms.map(mark.room))] : [];
    const query = indexQuery(within.terms, ...marks, ...rooms);
    const newest = fromNewest(request, { ...within, marks, scanLimit: LOOK_AT });
    const isCommon = query === '' || (await this.isCommon(tx, fromNewest(request, { ...within, marks, scanLimit: PROBE })));
    const indexed = isCommon ? null : fromIndex(query);
    const few = indexed && (await this.rank(tx, readerId, request, { ...within, candidates: indexed }));
    if (few && few.looked <= FOUND_AT_MOST) return { rows: few.rows, total: { value: few.total, exact: true } };
    const many = await this.rank(tx, readerId, request, { ...within, candidates: indexed ? either(indexed, newest) : newest });
    return { rows: many.rows, total: { value: many.total, exact: false } };
  }

  /** Whether so much of what is newest answers that the index would find far more than is shown. */
  private async isCommon(tx: EntityManager, newest: Sql): Promise<boolean> {
    const [row] = await tx.execute<{ found: number }[]>(`select count(*)::int as found from (${newest.sql}) n`, newest.parameters);
    return row!.found >= COMMON;
  }

  private async rank(
    tx: EntityManager,
    readerId: string,
    request: SearchRequest,
    { rooms, terms, candidates }: { rooms: string[]; terms: Term[]; candidates: Sql },
  ): Promise<{ rows: FoundRow[]; total: number; looked: number }> {
    const score = scoreSql(terms, request.asOf);
    const found = foundSql(terms);
    const filters = filtersSql(request, readerId);
    const place = request.place
      ? { sql: 'where (rank, message_id) < (?::float8, ?::uuid)', parameters: [request.place.rank, request.place.id] }
      : NO_SQL;
    const rows = await tx.execute<(MessageRow & { rank: number; score: number; total: number; looked: number })[]>(
      `with looked as materialized (${candidates.sql}),
       scored as (
         select s.message_id, s.created_at, ${score.sql} as score
           from looked s
           join access a on a.room_id = s.room_id and a.user_id = ? and a.removed_at is null
           join rooms r on r.id = s.room_id
           join messages m on m.id = s.message_id and m.deleted_at is null and m.edited_at is not distinct from s.edited_at
          where (r.history_visibility = 'all' or m.seq >= a.joined_seq) and s.room_id = any(?::uuid[]) and ${found.sql} and ${filters.sql}),
       hits as materialized (select message_id, score, ${request.sort === 'newest' ? '(extract(epoch from created_at) * 1000)::float8' : 'score'} as rank from scored),
       page as (select * from hits ${place.sql} order by rank desc, message_id desc limit ?)
       select c.*, m.*, page.rank, page.score
         from (select (select count(*)::int from hits) as total, (select count(*)::int from looked) as looked) c
         left join (page join messages m on m.id = page.message_id) on true
        order by page.rank desc, page.message_id desc`,
      [
        ...candidates.parameters,
        ...score.parameters,
        readerId,
        uuidArray(rooms),
        ...found.parameters,
        ...filters.parameters,
        ...place.parameters,
        request.limit,
      ],
    );
    return { rows: rows.filter(({ id }) => id !== null), total: rows[0]!.total, looked: rows[0]!.looked };
  }
}

type Looked = { rooms: string[]; terms: Term[]; marks: string[]; scanLimit: number };
const NO_SQL: Sql = { sql: '', parameters: [] };

const fromIndex = (query: string): Sql => ({
  sql: `select s.* from message_search s where s.terms @@ ?::tsquery limit ${FOUND_AT_MOST + 1}`,
  parameters: [query],
});

/** From the newest back, so many in each room. What is in very many messages is in some of these. */
function fromNewest(request: SearchRequest, { rooms, terms, marks, scanLimit }: Looked): Sql {
  const found = foundSql(terms);
  const until = request.sort === 'newest' && request.place ? new Date(request.place.rank + 1).toISOString() : request.before;
  const times: [sql: string, value: string][] = [];
  if (until !== undefined) times.push(['o.created_at < ?', until]);
  if (request.after !== undefined) times.push(['o.created_at >= ?', request.after]);
  const each = Math.max(LOOK_AT_EACH, Math.ceil(scanLimit / Math.max(1, rooms.length)));
  return {
    sql: `
      select * from (
        select s.* from unnest(?::uuid[]) as w (room_id) cross join lateral (
          select * from message_search o where ${['o.room_id = w.room_id', ...times.map(([sql]) => sql)].join(' and ')}
           order by o.created_at desc limit ${each}) s
         where ${found.sql} ${marks.length > 0 ? 'and s.terms @@ ?::tsquery' : ''}) n
       order by created_at desc limit ${FOUND_AT_MOST}`,
    parameters: [
      uuidArray(rooms),
      ...times.map(([, value]) => value),
      ...found.parameters,
      ...(marks.length > 0 ? [marks.join(' & ')] : []),
    ],
  };
}

const either = (one: Sql, other: Sql): Sql => ({
  sql: `select distinct on (message_id) * from ((${one.sql}) union all (${other.sql})) e order by message_id`,
  parameters: [...one.parameters, ...other.parameters],
});

/** What must be in the index of a message, besides words. */
function marksOf({ authorIds, has, mentionsMe }: SearchRequest, readerId: string): string[] {
  return [
    ...(authorIds ? [anyMark(authorIds.map(mark.author))] : []),
    ...has.map((what) => anyMark([mark.has(what)])),
    ...(mentionsMe ? [anyMark([readerId, 'room', 'here', 'moderators'].map(mark.names))] : []),
  ];
}

/** What must hold of the message as it is now. */
function filtersSql(request: SearchRequest, readerId: string): Sql {
  const conditions: [sql: string, ...parameters: unknown[]][] = [['true']];
  if (request.before !== undefined) conditions.push(['s.created_at < ?', request.before]);
  if (request.after !== undefined) conditions.push(['s.created_at >= ?', request.after]);
  if (request.place) conditions.push(['s.created_at <= ?', request.asOf]);
  if (request.authorIds) conditions.push(['m.author_id = any(?::uuid[])', uuidArray(request.authorIds)]);
  if (request.has.includes('pin')) conditions.push(['m.pinned_at is not null']);
  if (request.has.includes('reaction')) conditions.push(['m.reactions is not null']);
  if (request.has.includes('file')) conditions.push([`exists (${ATTACHED})`]);
  if (request.has.includes('image')) conditions.push([`exists (${ATTACHED} and f.content_type like 'image/%')`]);
  if (request.mentionsMe)
    conditions.push([`(s.terms @@ ?::tsquery or a.role <> 'member')`, anyMark([readerId, 'room', 'here'].map(mark.names))]);
  return { sql: conditions.map(([sql]) => sql).join(' and '), parameters: conditions.flatMap(([, ...parameters]) => parameters) };
}

const ATTACHED = 'select 1 from files f where f.id = any(m.file_ids) and f.deleted_at is null';
