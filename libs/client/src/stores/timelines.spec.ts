import type { Message, TimelineEntry } from '@atrium/contracts';
import { aJoin, BEN, ROOM } from '../../test/builders.ts';
import { FakeLog } from '../../test/fake-log.ts';
import type { MessagesApi, PageQuery } from '../http/messages.api.ts';
import { RoomTimeline } from './room-timeline.ts';
import { ThreadTimeline } from './thread-timeline.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Answers from a log; what is asked while the line is held up waits until it is let go. */
class SlowServer {
  log = new FakeLog();
  others: TimelineEntry[] = [];
  #waiting: (() => void)[] | undefined;

  readonly messages = {
    page: (_room: string, query: PageQuery) => this.#answer(this.log.page(query)),
    events: () => this.#answer({ items: [...this.others], hasAfter: false }),
    thread: (_room: string, rootId: string) => {
      const replies = [...this.log.messages.values()].filter((message) => message.parentId === rootId);
      return this.#answer({ root: this.log.messages.get(rootId) as Message, items: replies, hasBefore: false, hasAfter: false });
    },
  } as unknown as MessagesApi;

  holdUp(): void {
    this.#waiting = [];
  }

  /** What was asked last is answered first. */
  async letGo(): Promise<void> {
    const waiting = this.#waiting?.reverse() ?? [];
    this.#waiting = undefined;
    for (const answer of waiting) answer();
    await settled();
  }

  #answer<T>(read: T): Promise<T> {
    return new Promise((resolve) => {
      if (this.#waiting) this.#waiting.push(() => resolve(read));
      else resolve(read);
    });
  }
}

describe('a thread', () => {
  it('knows of its root what came while it was on its way', async () => {
    const server = new SlowServer();
    const root = server.log.say().message;
    const thread = new ThreadTimeline(ROOM, root.id, server.messages);
    server.holdUp();
    void thread.load();
    thread.apply([server.log.say({ parentId: root.id, authorId: BEN }), server.log.pin(root, true)]);
    await server.letGo();
    expect(thread.snapshot().root).toEqual(server.log.messages.get(root.id));
  });

  it('asks what its root says and shows now when an entry could not tell everyone', async () => {
    const server = new SlowServer();
    const root = server.log.say().message;
    const thread = new ThreadTimeline(ROOM, root.id, server.messages);
    await thread.load();
    for (const change of ['edit', 'preview'] as const) {
      thread.apply([server.log[change](root, { told: false })]);
      await settled();
      expect(thread.snapshot().root).toEqual(server.log.messages.get(root.id));
    }
  });

  it('keeps the root of the log it follows when an answer from before a reset comes late', async () => {
    const server = new SlowServer();
    const root = server.log.say({ body: 'lost with the disk' }).message;
    const thread = new ThreadTimeline(ROOM, root.id, server.messages);
    server.holdUp();
    void thread.load();
    server.log = new FakeLog();
    const restored = server.log.say({ body: 'from the backup' }).message;
    void thread.restart();
    await server.letGo();
    expect(thread.snapshot().root).toEqual(restored);
  });
});

describe('a room', () => {
  it('shows nothing of the log before a reset', async () => {
    const server = new SlowServer();
    const timeline = new RoomTimeline(ROOM, server.messages);
    for (let count = 0; count < 5; count += 1) timeline.apply([server.log.say()]);
    timeline.apply([aJoin(6)]);
    await timeline.load();
    expect(timeline.snapshot().notes).toHaveLength(1);
    server.log = new FakeLog();
    server.log.say({ body: 'from the backup' });
    await timeline.restart();
    timeline.apply([server.log.say()]);
    expect(timeline.snapshot()).toMatchObject({ messages: server.log.roots, notes: [] });
  });

  it('shows after a reload what happened after its newest message', async () => {
    const server = new SlowServer();
    for (let count = 0; count < 3; count += 1) server.log.say();
    server.others = [aJoin(4), aJoin(5)];
    server.log.entries.push(...server.others);
    const timeline = new RoomTimeline(ROOM, server.messages);
    await timeline.load();
    await settled();
    expect(timeline.snapshot().notes.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it('shows no notes that were asked for before a reset', async () => {
    const server = new SlowServer();
    const timeline = new RoomTimeline(ROOM, server.messages);
    server.log.say();
    server.others = [aJoin(2)];
    server.log.entries.push(aJoin(2));
    server.log.say();
    server.holdUp();
    void timeline.load();
    const first = server.letGo();
    server.holdUp();
    await first;
    server.others = [];
    server.log = new FakeLog();
    server.log.say();
    void timeline.restart();
    await server.letGo();
    expect(timeline.snapshot()).toMatchObject({ messages: server.log.roots, notes: [] });
  });
});
