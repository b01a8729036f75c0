import type { SearchRequest } from '@atrium/contracts';
import { findWanted } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestMicroservice } from '@nestjs/common';
import { Explained } from '../../test/explained.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { SearchRepository } from './search.repository.ts';

const SAID = 60_000;
/** Less than was said: what the index may find, what is looked at from the newest back, and what is joined with both. */
const ROWS = 50_000;
const WITHIN_MS = 120_000;

describe('a search in a room in which much was said', () => {
  const stack = new MessagesStack();
  let app: INestMicroservice;

  beforeAll(async () => {
    app = await stack.startAnother();
  }, 30_000);

  const query = (sql: string, parameters: unknown[] = []) =>
    stack.database.query('set search_path = messages').then(() => stack.database.query(sql, parameters));

  /** Messages and their index as the indexer writes it, without its taking a minute: `common` in all, `rare` in one of 10,000. */
  async function say(): Promise<void> {
    await query(
      `with said as (
         insert into messages (id, room_id, seq, author_id, kind, body, created_at)
         select gen_random_uuid(), r.id, r.last_seq + i, $2, 'text', case when i % 10000 = 7 then 'common rare' else 'common talk' end, now() - make_interval(secs => ${SAID} - i)
           from rooms r, generate_series(1, ${SAID}) i where r.id = $1 returning *)
       insert into message_search (message_id, room_id, created_at, folded, words, terms)
       select id, room_id, created_at, ' ' || body || ' ', 2, array_to_tsvector(string_to_array(body, ' ') || array[':r:' || room_id, ':a:' || author_id]) from said`,
      [stack.room.id, stack.ann.id],
    );
    await query(
      `insert into search_words (word, keys) values ('common', '{com,omm,mmo,mon}'), ('rare', '{rar,are}'), ('talk', '{tal,alk}') on conflict do nothing`,
    );
    await query(`update rooms set last_seq = last_seq + ${SAID} where id = $1`, [stack.room.id]);
    await query(
      `insert into search_progress (room_id, seq) select id, last_seq from rooms where id = $1 on conflict (room_id) do update set seq = excluded.seq`,
      [stack.room.id],
    );
    await query('analyze messages');
    await query('analyze message_search');
  }

  const asked = (words: string[], more: Partial<SearchRequest> = {}): SearchRequest => ({
    words,
    phrases: [],
    has: [],
    mentionsMe: false,
    sort: 'relevance',
    asOf: new Date().toISOString(),
    limit: 20,
    ...more,
  });

  /** What one search shows, and how many rows PostgreSQL came by for it. */
  async function look(request: SearchRequest) {
    return app
      .get(EntityManager)
      .fork()
      .transactional(async (tx) => {
        const explained = new Explained(tx as EntityManager);
        await app.get(SearchRepository).allowWordIndex(tx as EntityManager);
        const found = await findWanted(tx as EntityManager, request, (terms) =>
          app.get(SearchRepository).find(explained.em, stack.ben.id, request, { rooms: [stack.room.id], terms }),
        );
        return { ...found, rowsLookedAt: explained.rows };
      });
  }

  it(
    'costs what is shown of it, whether a word is in all messages or in few',
    async () => {
      await say();
      const rare = await look(asked(['rare']));
      expect(rare).toMatchObject({ total: { value: 6, exact: true } });
      expect(rare.rowsLookedAt).toBeLessThan(5000);
      for (const request of [asked(['common']), asked(['common'], { sort: 'newest' }), asked([], { authorIds: [stack.ann.id] })]) {
        const common = await look(request);
        expect(common.rows).toHaveLength(20);
        expect(common.total.exact).toBe(false);
        expect(common.rowsLookedAt).toBeLessThan(ROWS);
      }
      expect((await look(asked(['common', 'rare']))).total).toEqual({ value: 6, exact: true });
      const newest = await look(asked(['common'], { sort: 'newest' }));
      expect(newest.rows.map(({ seq }) => seq)).toEqual(newest.rows.map(({ seq }) => seq).toSorted((a, b) => b - a));
      expect(newest.rows[0]!.seq).toBeGreaterThan(SAID);
    },
    WITHIN_MS,
  );
});
