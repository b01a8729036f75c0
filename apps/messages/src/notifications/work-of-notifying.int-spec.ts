import { EntityManager } from '@mikro-orm/postgresql';
import type { INestMicroservice } from '@nestjs/common';
import { Explained } from '../../test/explained.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { myThreadsQuery } from '../threads/threads-query.ts';
import { BEGINNING, NotificationsRepository } from './notifications.repository.ts';

const SAID = 20_000;
/** Far less than was said, and more than a page or a count of a thousand may look at. */
const ROWS = 12_000;
const BLOCKS = 40_000;
const WITHIN_MS = 60_000;

describe('what somebody was told of, where much was said', () => {
  const stack = new MessagesStack(1);
  let app: INestMicroservice;
  let explained: Explained;

  beforeAll(async () => {
    app = await stack.startAnother();
  }, 30_000);
  beforeEach(async () => {
    explained = new Explained(app.get(EntityManager).fork());
    await query(
      `insert into messages (id, room_id, seq, author_id, kind, body, created_at)
       select gen_random_uuid(), r.id, r.last_seq + i, $2, 'text', 'said', now() - interval '1 day' + i * interval '1 second'
         from rooms r, generate_series(1, ${SAID}) i where r.id = $1`,
      [stack.room.id, stack.ann.id],
    );
    await query(`update rooms set last_seq = last_seq + ${SAID} where id = $1`, [stack.room.id]);
    await query('analyze messages');
  }, WITHIN_MS);
  afterEach(() => {
    expect(explained.rows).toBeLessThan(ROWS);
    expect(explained.blocks).toBeLessThan(BLOCKS);
  });

  const query = (sql: string, parameters: unknown[] = []) =>
    stack.database.query('set search_path = messages').then(() => stack.database.query(sql, parameters));

  /** Of every message, be it by name or by a call of the room; the older ones read. */
  async function tell(how: 'by name' | 'by a call'): Promise<void> {
    if (how === 'by name')
      await query(
        `insert into notifications (user_id, message_id, room_id, seq, actor_id, reasons, at, read_at)
         select u.id, m.id, room_id, seq, author_id, '{mention}', created_at, case when seq < ${SAID / 2} then now() end
           from messages m, (values ($2::uuid), ($3::uuid)) as u (id) where room_id = $1 and author_id = $4`,
        [stack.room.id, stack.ben.id, stack.eve.id, stack.ann.id],
      );
    else {
      await query(
        `insert into room_calls (message_id, room_id, seq, author_id, at) select id, room_id, seq, author_id, created_at from messages where room_id = $1`,
        [stack.room.id],
      );
      await query(`update access set joined_at = now() - interval '2 days' where room_id = $1`, [stack.room.id]);
      await query('update read_markers set seq = 1 where room_id = $1', [stack.room.id]);
    }
    for (const table of ['notifications', 'room_calls', 'access']) await query(`analyze ${table}`);
  }

  const page = (filter?: 'unread' | 'mentions' | 'threads') =>
    app.get(NotificationsRepository).findPage(explained.em, stack.ben.id, filter, { ...BEGINNING, limit: 20 });
  const count = () => app.get(NotificationsRepository).countUnread(explained.em, stack.ben.id);

  it.each(['by name', 'by a call'] as const)(
    'costs what is shown of it, and is counted up to a thousand: %s',
    async (how) => {
      await tell(how);
      expect(await page()).toHaveLength(20);
      expect(await page('unread')).toHaveLength(20);
      expect(await page('mentions')).toHaveLength(20);
      expect(await page('threads')).toHaveLength(0);
      expect(await count()).toBe(1000);
    },
    WITHIN_MS,
  );

  it(
    'costs what is shown of the threads of all rooms, whether they are followed, unread or neither',
    async () => {
      await query(`update messages set reply_count = 1, last_reply_at = created_at where room_id = $1`, [stack.room.id]);
      await query(
        `insert into thread_follows (root_id, user_id, room_id, following, read_seq)
         select id, u.user_id, room_id, true, 2000000 from messages, (values ($2::uuid), ($3::uuid)) as u (user_id) where room_id = $1`,
        [stack.room.id, stack.ben.id, stack.ann.id],
      );
      await query('analyze messages');
      await query('analyze thread_follows');
      for (const filter of ['all', 'following', 'unread'] as const) {
        const { sql, parameters } = myThreadsQuery(stack.ben.id, filter, { after: null, limit: 20 });
        const rows = (await explained.em.execute(sql, parameters)) as unknown[];
        expect(rows).toHaveLength(filter === 'unread' ? 0 : 20);
      }
    },
    WITHIN_MS,
  );
});
