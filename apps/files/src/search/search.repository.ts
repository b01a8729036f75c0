import type { SearchRequest } from '@atrium/contracts';
import { anyMark, foundSql, indexQuery, scoreSql, uuidArray, type Found, type Sql, type Term } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { isReplaced } from '../versions/one-name.ts';
import { mark } from './marks.ts';

/** Pages that the index may find before a search looks at the newest files too. */
const FOUND_AT_MOST = 5000;
const NEWEST_FILES = 500;
/** With more rooms than these, the index is not asked for each. */
const MOST_ROOMS = 300;

export type FoundRow = { id: string; page: number; rank: number; score: number; text: string | null };

/**
 * Searches names and pages of files, of those of one name the newest: of each file the page that answers best. Membership, history, deletion and
 * whether it was sent are those of now, and conditions of the query itself.
 */
@Injectable()
export class SearchRepository {
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
    { rooms, terms }: { rooms: string[]; terms: Term[] },
  ): Promise<Found<FoundRow>> {
    const looked = candidates(request, rooms, terms);
    const score = scoreSql(terms, request.asOf);
    const found = foundSql(terms);
    const filters = filtersSql(request, terms);
    const place = request.place
      ? { sql: 'where (rank, file_id) < (?::float8, ?::uuid)', parameters: [request.place.rank, request.place.id] }
      : { sql: '', parameters: [] };
    const rows = await tx.execute<(FoundRow & { total: number; looked: number })[]>(
      `with looked as materialized (${looked.sql}),
       scored as (
         select s.file_id, s.page, s.created_at, ${score.sql} as score from (
           select l.*, f.created_at, f.room_id, f.uploader_id, f.content_type from looked l join files f on f.id = l.file_id and f.deleted_at is null and not f.draft
             where not ${isReplaced('f')}) s
           join access a on a.room_id = s.room_id and a.user_id = ? and a.removed_at is null
           join rooms r on r.id = s.room_id
          where (r.history_visibility = 'all' or s.created_at >= a.joined_at) and s.room_id = any(?::uuid[]) and ${found.sql} and ${filters.sql}),
       hits as materialized (
         select distinct on (file_id) file_id, page, score,
                ${request.sort === 'newest' ? '(extract(epoch from created_at) * 1000)::float8' : 'score'} as rank
           from scored order by file_id, score desc, page),
       shown as (select * from hits ${place.sql} order by rank desc, file_id desc limit ?)
       select c.*, shown.file_id as id, shown.page, shown.rank, shown.score, p.text
         from (select (select count(*)::int from hits) as total, (select count(*)::int from looked) as looked) c
         left join (shown left join file_pages p on p.file_id = shown.file_id and p.page = shown.page) on true
        order by shown.rank desc, shown.file_id desc`,
      [
        ...looked.parameters,
        ...score.parameters,
        readerId,
        uuidArray(rooms),
        ...found.parameters,
        ...filters.parameters,
        ...place.parameters,
        request.limit,
      ],
    );
    const { total, looked: count } = rows[0]!;
    return { rows: rows.filter(({ id }) => id !== null), total: { value: total, exact: count <= FOUND_AT_MOST } };
  }
}

/** What the index finds, and of what is in very many pages also what is in the newest files. */
function candidates(request: SearchRequest, rooms: string[], terms: Term[]): Sql {
  const authors = request.authorIds ? [anyMark(request.authorIds.map(mark.author))] : [];
  const inRooms = rooms.length <= MOST_ROOMS ? [anyMark(rooms.map(mark.room))] : [];
  const query = indexQuery(terms, ...authors, ...inRooms);
  const found = foundSql(terms);
  const newest: Sql = {
    sql: `select s.* from unnest(?::uuid[]) as w (room_id)
            cross join lateral (select id from files where room_id = w.room_id and deleted_at is null order by id desc limit ${Math.max(5, Math.ceil(NEWEST_FILES / rooms.length))}) f
            join file_search s on s.file_id = f.id where ${found.sql}`,
    parameters: [uuidArray(rooms), ...found.parameters],
  };
  if (query === '') return newest;
  return {
    sql: `select * from (
            select s.* from file_search s where s.terms @@ ?::tsquery limit ${FOUND_AT_MOST + 1}) indexed
          union (select * from (${newest.sql}) n where (select count(*) from (select 1 from file_search where terms @@ ?::tsquery limit ${FOUND_AT_MOST + 1}) c) > ${FOUND_AT_MOST})`,
    parameters: [query, ...newest.parameters, query],
  };
}

function filtersSql(request: SearchRequest, terms: readonly Term[]): Sql {
  const conditions: [sql: string, ...parameters: unknown[]][] = [['true']];
  if (terms.length === 0) conditions.push(['s.page = 0']);
  if (request.before !== undefined) conditions.push(['s.created_at < ?', request.before]);
  if (request.after !== undefined) conditions.push(['s.created_at >= ?', request.after]);
  if (request.place) conditions.push(['s.created_at <= ?', request.asOf]);
  if (request.authorIds) conditions.push(['s.uploader_id = any(?::uuid[])', uuidArray(request.authorIds)]);
  if (request.has.includes('image')) conditions.push([`s.content_type like 'image/%'`]);
  return { sql: conditions.map(([sql]) => sql).join(' and '), parameters: conditions.flatMap(([, ...parameters]) => parameters) };
}
