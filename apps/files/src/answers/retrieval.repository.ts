import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Passage } from './answerer.ts';
import type { WholeRequest } from '../whole-file/request-words.ts';
import { PASSAGES_READ, passageWeight } from './passages.ts';
import { isReplaced } from '../versions/one-name.ts';

/** What may be searched: some files, or every ready file of the room that is the newest of its name, as one person sees them. */
export type Scope = { roomId: string; fileIds: string[] | null; userId: string };
/** The passages that bear most on a question; in how many of all its words are, and how many there are. */
export type Found = { passages: Passage[]; holders: Map<string, number>; total: number };

type PassageRow = { file_id: string; version: number; page: number; start_at: number; text: string };
type HoldersRow = { term: string; holders: number; total: number };

/**
 * Membership, deletion, readiness and history are conditions of the search itself: a passage its reader may not see is
 * never a candidate.
 */
const SCOPE = `
  scope as (
    select f.id, f.version from files f
    join access m on m.room_id = f.room_id and m.user_id = ? and m.removed_at is null
    join rooms r on r.id = f.room_id
    where f.room_id = ? and f.deleted_at is null and f.status in ('ready', 'partial')
      and (not f.draft or f.uploader_id = m.user_id)
      and case when ?::jsonb is null then not ${isReplaced('f')}
               else f.id in (select value::uuid from jsonb_array_elements_text(?::jsonb) value) end
      and (r.history_visibility = 'all' or f.created_at >= m.joined_at)
  )`;

/** The keys of dates, as `text/terms.ts` makes them. */
const HOLDS_DATE = `and exists (select 1 from unnest(terms) key where key ~ '^([0-9]{4}|[0-9]{2})-[0-9]{2}$')`;

@Injectable()
export class RetrievalRepository {
  async search(em: EntityManager, scope: Scope, terms: string[]): Promise<Found> {
    const rows = await this.count(em, scope, terms);
    const weights = rows.map(({ term, holders, total }) => ({ term, weight: passageWeight(holders, total) }));
    return {
      passages: await this.rank(em, scope, weights),
      holders: new Map(rows.map(({ term, holders }) => [term, holders])),
      total: rows[0]?.total ?? 0,
    };
  }

  private count(em: EntityManager, scope: Scope, terms: string[]): Promise<HoldersRow[]> {
    return em.execute<HoldersRow[]>(
      `with ${SCOPE},
       total as (select count(*)::int as n from file_chunks where file_id in (select id from scope))
       select q.term, df.n as holders, total.n as total
       from jsonb_array_elements_text(?::jsonb) q(term), total,
       lateral (select count(*)::int as n from file_chunks c where c.terms @> array[q.term] and c.file_id in (select id from scope)) df`,
      [...scopeParameters(scope), JSON.stringify(terms)],
    );
  }

  /** The passages that hold most of the question's weight; longer ones have it easier and count a little less. */
  private async rank(em: EntityManager, scope: Scope, weights: { term: string; weight: number }[]): Promise<Passage[]> {
    const rows = await em.execute<PassageRow[]>(
      `with ${SCOPE},
       q as (select * from jsonb_to_recordset(?::jsonb) as q(term text, weight float8)),
       hits as (
         select c.id, sum(q.weight) / (0.75 + 0.25 * cardinality(c.terms) / 100.0) as score
         from file_chunks c join q on c.terms @> array[q.term]
         where c.file_id in (select id from scope)
         group by c.id order by score desc, c.id limit ${PASSAGES_READ}
       )
       select c.file_id, scope.version, c.page, c.start_at, substr(p.text, c.start_at + 1, c.end_at - c.start_at) as text
       from hits join file_chunks c on c.id = hits.id join scope on scope.id = c.file_id
       join file_pages p on p.file_id = c.file_id and p.page = c.page
       order by hits.score desc, c.id`,
      [...scopeParameters(scope), JSON.stringify(weights)],
    );
    return rows.map(toPassage);
  }

  /** How the files begin, what of them holds dates, or how they end: the newest file first. Words are not weighed. */
  async findForWhole(em: EntityManager, scope: Scope, asked: WholeRequest): Promise<Found> {
    const order = asked === 'pages' ? 'page desc, start_at desc' : 'page, start_at';
    const rows = await em.execute<PassageRow[]>(
      `with ${SCOPE}
       select c.file_id, scope.version, c.page, c.start_at, substr(p.text, c.start_at + 1, c.end_at - c.start_at) as text
       from scope cross join lateral (
         select *, row_number() over (order by ${order}) as nth from file_chunks
         where file_id = scope.id ${asked === 'dates' ? HOLDS_DATE : ''}
         order by ${order} limit ${asked === 'pages' ? 1 : PASSAGES_READ}
       ) c join file_pages p on p.file_id = c.file_id and p.page = c.page
       order by c.nth, c.file_id desc limit ${PASSAGES_READ}`,
      scopeParameters(scope),
    );
    return { passages: rows.map(toPassage), holders: new Map(), total: rows.length };
  }

  /** Whether the reader has anything to ask there at all. */
  async countReady(em: EntityManager, scope: Scope): Promise<number> {
    const [row] = await em.execute<{ n: number }[]>(`with ${SCOPE} select count(*)::int as n from scope`, scopeParameters(scope));
    return row?.n ?? 0;
  }

  /** The text of a page as it is stored now, for checking a citation. */
  async findPage(em: EntityManager, scope: Scope, place: { fileId: string; page: number }): Promise<string | null> {
    const [row] = await em.execute<{ text: string }[]>(
      `with ${SCOPE} select p.text from file_pages p join scope on scope.id = p.file_id where p.file_id = ? and p.page = ?`,
      [...scopeParameters(scope), place.fileId, place.page],
    );
    return row?.text ?? null;
  }
}

const scopeParameters = ({ userId, roomId, fileIds }: Scope) => {
  const chosen = fileIds && JSON.stringify(fileIds);
  return [userId, roomId, chosen, chosen];
};
const toPassage = (row: PassageRow): Passage => ({
  fileId: row.file_id,
  version: row.version,
  page: row.page,
  start: row.start_at,
  text: row.text,
});
