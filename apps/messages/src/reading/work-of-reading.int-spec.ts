import type { OutputOf, messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestMicroservice } from '@nestjs/common';
import { Explained } from '../../test/explained.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { ThreadsService } from '../threads/threads.service.ts';
import { ReadingRepository } from './reading.repository.ts';

const SAID = 20_000;
/** Far less than was said, and more than any of these may look at. */
const ROWS = 12_000;
/** Filling a table takes a while. */
const WITHIN_MS = 60_000;
const BLOCKS = 40_000;

type Said = { author?: string; kind?: string; parent?: string; deleted?: boolean };

describe('what is read of a room in which much was said', () => {
  const stack = new MessagesStack();
  let app: INestMicroservice;
  let explained: Explained;

  beforeAll(async () => {
    app = await stack.startAnother();
  }, 30_000);
  beforeEach(() => {
    explained = new Explained(app.get(EntityManager).fork());
  });
  afterEach(() => {
    expect(explained.rows).toBeLessThan(ROWS);
    expect(explained.blocks).toBeLessThan(BLOCKS);
  });

  const query = (sql: string, parameters: unknown[] = []) =>
    stack.database.query(`set search_path = messages`).then(() => stack.database.query(sql, parameters));

  /** Many messages after what the room has already, and statistics of them. @returns the last `seq` */
  async function say({ author = stack.ann.id, kind = 'text', parent, deleted = false }: Said = {}): Promise<number> {
    await query(
      `insert into messages (id, room_id, seq, author_id, kind, body, parent_id, deleted_at, created_at)
       select gen_random_uuid(), r.id, r.last_seq + i, $2, $3, 'said', $4, case when $5::boolean then now() end, now()
         from rooms r, generate_series(1, ${SAID}) i where r.id = $1`,
      [stack.room.id, author, kind, parent ?? null, deleted],
    );
    await query(`update rooms set last_seq = last_seq + ${SAID} where id = $1`, [stack.room.id]);
    if (parent !== undefined) await query(`update messages set reply_count = ${SAID}, last_reply_at = now() where id = $1`, [parent]);
    await query('analyze messages');
    const [room] = await stack.database.query<{ last_seq: number }>('select last_seq from messages.rooms where id = $1', [stack.room.id]);
    return room!.last_seq;
  }

  async function nameInAll(audience: string, userId: string | null): Promise<void> {
    await query(
      `insert into mentions (room_id, seq, audience, user_id, message_id) select room_id, seq, $2::text, $3::uuid, id from messages where room_id = $1`,
      [stack.room.id, audience, userId],
    );
    await query('analyze mentions');
  }

  const mark = (seq: number, ownAfter: number) =>
    query(
      `insert into read_markers (room_id, user_id, seq, own_after) values ($1, $2, $3, $4)
       on conflict (room_id, user_id) do update set seq = excluded.seq, own_after = excluded.own_after`,
      [stack.room.id, stack.ben.id, seq, ownAfter],
    );
  const activity = async () => (await app.get(ReadingRepository).findActivity(explained.em, stack.ben.id, [stack.room.id]))[0]!;
  const threads = (filter: 'all' | 'following' | 'unread'): Promise<OutputOf<typeof messages.threads>> =>
    new ThreadsService(explained.em, app.get(AccessService), app.get(MessagesRepository)).list(stack.ben.id, {
      roomId: stack.room.id,
      filter,
      limit: 20,
    });
  const page = (anchor: object, rootId?: string) =>
    app.get(MessagesRepository).findPage(explained.em, stack.ben.id, { roomId: stack.room.id, rootId }, { limit: 10, ...anchor });

  it(
    'is counted up to a thousand for somebody who never wrote',
    async () => {
      const last = await say();
      expect(await activity()).toMatchObject({ me: { unread: 1000, mentions: 0 }, lastMessage: { seq: last } });
    },
    WITHIN_MS,
  );

  it(
    'is read by whoever wrote all of it',
    async () => {
      const last = await say({ author: stack.ben.id });
      expect(await activity()).toMatchObject({ me: { unread: 0, readSeq: last, readSeqBeforeSend: last - 1 } });
    },
    WITHIN_MS,
  );

  it(
    'has nothing unread for who wrote all of it and went back to its beginning',
    async () => {
      await mark(0, await say({ author: stack.ben.id }));
      expect(await activity()).toMatchObject({ me: { unread: 0, readSeq: 0 } });
    },
    WITHIN_MS,
  );

  it.each([
    ['replies in threads of others', { parent: true }],
    ['posts of the bot', { kind: 'bot' }],
    ['deleted messages', { deleted: true }],
  ])(
    'counts what is left beside %s',
    async (_what, { parent, ...said }: { parent?: boolean } & Omit<Said, 'parent'>) => {
      const before = await stack.send(stack.ann, 'before');
      await mark(0, 0);
      await say({ ...said, ...(parent && { parent: before.messageId }) });
      const after = await stack.send(stack.ann, 'after');
      expect(await activity()).toMatchObject({ me: { unread: 2, threadUnread: 0 }, lastMessage: { seq: after.seq } });
      await say({ ...said, ...(parent && { parent: before.messageId }) });
      expect(await activity()).toMatchObject({ lastMessage: said.kind === 'bot' ? { kind: 'bot' } : { seq: after.seq } });
    },
    WITHIN_MS,
  );

  it.each([
    ['another member', 'user', true],
    ['the moderators', 'moderators', false],
  ])(
    'has no mention of a member where all of it names %s',
    async (_whom, audience, named) => {
      await say();
      await nameInAll(audience, named ? stack.ann.id : null);
      expect(await activity()).toMatchObject({ me: { mentions: 0 } });
    },
    WITHIN_MS,
  );

  it(
    'mentions a member up to a thousand times',
    async () => {
      await say();
      await nameInAll('user', stack.ben.id);
      await nameInAll('room', null);
      expect(await activity()).toMatchObject({ me: { mentions: 1000 } });
    },
    WITHIN_MS,
  );

  it(
    'has no mention in what the member wrote in a thread',
    async () => {
      const root = await stack.send(stack.ann, 'root');
      await say({ author: stack.ben.id, parent: root.messageId });
      await nameInAll('room', null);
      expect(await activity()).toMatchObject({ me: { unread: 1 } });
    },
    WITHIN_MS,
  );

  it(
    'shows nothing to who joined after all of it where the past is hidden, whatever is asked for',
    async () => {
      await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
      const last = await say();
      await query(`update messages set reply_count = 1, last_reply_at = now() - interval '1 day' where room_id = $1`, [stack.room.id]);
      await query('update access set joined_seq = $3 where room_id = $1 and user_id = $2', [stack.room.id, stack.ben.id, last + 1]);
      await mark(last, 0);
      expect(await activity()).toMatchObject({ lastMessage: null, me: { unread: 0 } });
      for (const anchor of [{}, { before: last - 10 }, { around: 5 }]) expect((await page(anchor)).items).toEqual([]);
      expect((await threads('all')).items).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'is paged from any place, of the room and of one thread',
    async () => {
      const root = await stack.send(stack.ann, 'root');
      const last = await say({ parent: root.messageId });
      await say();
      const seqs = async (anchor: object, rootId?: string) => (await page(anchor, rootId)).items.map(({ seq }) => seq);
      for (const rootId of [undefined, root.messageId]) {
        expect((await seqs({ before: last }, rootId)).at(-1)).toBe(last - 1);
        expect((await seqs({ after: last - 20 }, rootId))[0]).toBe(last - 19);
        expect(await seqs({ around: last - 20 }, rootId)).toContain(last - 20);
      }
      expect((await seqs({}, root.messageId)).at(-1)).toBe(last);
      expect((await seqs({ after: 0 }, root.messageId))[0]).toBe(root.seq);
    },
    WITHIN_MS,
  );

  it(
    'lists a long thread with what is unread of it up to a thousand, and who took part lately',
    async () => {
      const root = await stack.send(stack.ben, 'root');
      await stack.send(stack.ann, 'reply', { parentId: root.messageId });
      await say({ parent: root.messageId });
      for (const filter of ['all', 'following', 'unread'] as const)
        expect((await threads(filter)).items).toMatchObject([
          { root: { id: root.messageId }, following: true, unread: 1000, participants: [stack.ann.id] },
        ]);
      expect(await activity()).toMatchObject({ me: { threadUnread: 1000 } });
    },
    WITHIN_MS,
  );

  it(
    'lists the threads answered last, and counts those that are followed, among many',
    async () => {
      await say();
      await query(
        `update messages set reply_count = 1, last_reply_at = now() - interval '1 day' + seq * interval '1 second' where room_id = $1`,
        [stack.room.id],
      );
      await query(
        `insert into thread_follows (root_id, user_id, room_id, following, read_seq) select id, $2, room_id, true, $3 from messages where room_id = $1`,
        [stack.room.id, stack.ben.id, 2_000_000],
      );
      await query('analyze thread_follows');
      const { items, nextCursor } = await threads('all');
      expect(items).toHaveLength(20);
      expect(items[0]!.root.seq - items[19]!.root.seq).toBe(19);
      expect(nextCursor).not.toBeNull();
      expect(await activity()).toMatchObject({ me: { threadUnread: 0 } });
    },
    WITHIN_MS,
  );
});
