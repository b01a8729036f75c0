import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Passage } from './answerer.ts';

/** What may be searched: one file, or every ready file of the room, as one person sees them. */
export type Scope = { roomId: string; fileId: string | null; userId: string };
export type Found = { passages: Passage[]; weights: Map<string, number> };

type PassageRow = { file_id: string; version: number; page: number; start_at: number; text: string };
type WeightRow = { term: string; weight: number };

/** Passages read closely; enough for any question, little enough to weigh sentence by sentence. */
const PASSAGES = 40;

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
      and (?::uuid is null or f.id = ?)
      and (r.history_visibility = 'all' or f.created_at >= m.joined_at)
  )`;

@Injectable()
export class RetrievalRepository {
  async search(em: EntityManager, scope: Scope, terms: string[]): Promise<Found> {
    const weights = await this.weigh(em, scope, terms);
    const passages = await this.rank(em, scope, weights);
    return { passages, weights: new Map(weights.map(({ term, weight }) => [term, weight])) };
  }

  /**
   * How telling each term is in these files: the inverse document frequency of BM25. A word that is nowhere counts like
   * one that is somewhere: people ask in words of their own.
   */
  private weigh(em: EntityManager, scope: Scope, terms: string[]): Promise<WeightRow[]> {
    return em.execute<WeightRow[]>(
      `with ${SCOPE},
       total as (select count(*) as n from file_chunks where file_id in (select id from scope))
       select q.term, ln(1 + (total.n - greatest(df.n, 1) + 0.5) / (greatest(df.n, 1) + 0.5))::float8 as weight
       from jsonb_array_elements_text(?::jsonb) q(term), total,
       lateral (select count(*) as n from file_chunks c where c.terms @> array[q.term] and c.file_id in (select id from scope)) df`,
      [...scopeParameters(scope), JSON.stringify(terms)],
    );
  }

  /** The passages that hold most of the question's weight; longer ones have it easier and count a little less. */
  private async rank(em: EntityManager, scope: Scope, weights: WeightRow[]): Promise<Passage[]> {
    const rows = await em.execute<PassageRow[]>(
      `with ${SCOPE},
       q as (select * from jsonb_to_recordset(?::jsonb) as q(term text, weight float8)),
       hits as (
         select c.id, sum(q.weight) / (0.75 + 0.25 * cardinality(c.terms) / 100.0) as score
         from file_chunks c join q on c.terms @> array[q.term]
         where c.file_id in (select id from scope)
         group by c.id order by score desc, c.id limit ${PASSAGES}
       )
       select c.file_id, scope.version, c.page, c.start_at, substr(p.text, c.start_at + 1, c.end_at - c.start_at) as text
       from hits join file_chunks c on c.id = hits.id join scope on scope.id = c.file_id
       join file_pages p on p.file_id = c.file_id and p.page = c.page
       order by hits.score desc, c.id`,
      [...scopeParameters(scope), JSON.stringify(weights)],
    );
    return rows.map(toPassage);
  }

  /** How the files begin, the newest first, the first passage of each before any second. Words are not weighed. */
  async findOpenings(em: EntityManager, scope: Scope): Promise<Found> {
    const rows = await em.execute<PassageRow[]>(
      `with ${SCOPE}
       select c.file_id, scope.version, c.page, c.start_at, substr(p.text, c.start_at + 1, c.end_at - c.start_at) as text
       from scope cross join lateral (
         select *, row_number() over (order by page, start_at) as nth from file_chunks where file_id = scope.id order by page, start_at limit ${PASSAGES}
       ) c join file_pages p on p.file_id = c.file_id and p.page = c.page
       order by c.nth, c.file_id desc limit ${PASSAGES}`,
      scopeParameters(scope),
    );
    return { passages: rows.map(toPassage), weights: new Map() };
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

const scopeParameters = ({ userId, roomId, fileId }: Scope) => [userId, roomId, fileId, fileId];
const toPassage = (row: PassageRow): Passage => ({
  fileId: row.file_id,
  version: row.version,
  page: row.page,
  start: row.start_at,
  text: row.text,
});
