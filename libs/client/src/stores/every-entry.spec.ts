import { TimelineEntry, type Room, type TimelineEntryType } from '@atrium/contracts';
import { ANN, ROOM, aRoom } from '../../test/builders.ts';
import { FakeRoom } from '../../test/fake-room.ts';
import { randomNumbers } from '../../test/fake-log.ts';
import type { MessagesApi, PageQuery } from '../http/messages.api.ts';
import { RoomLog } from '../realtime/room-log.ts';
import { RoomList } from './room-list.ts';
import { RoomTimeline } from './room-timeline.ts';
import { ThreadTimeline } from './thread-timeline.ts';

const TYPES = TimelineEntry.options.map((option) => option.shape.type.value) as TimelineEntryType[];
const ACTS = 200;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A client that holds the room, one of its threads and its row in the list, and hears of everything as a network brings it. */
class Client {
  readonly list = new RoomList();
  readonly timeline: RoomTimeline;
  readonly threads = new Map<string, ThreadTimeline>();
  private readonly log: RoomLog;

  constructor(private readonly server: FakeRoom) {
    this.timeline = new RoomTimeline(ROOM, this.messages);
    this.list.replace(ANN, [server.room]);
    this.log = new RoomLog((_roomId, after) => Promise.resolve(this.eventsAfter(after)));
    this.log.follow(server.room);
    this.log.on('entries', ({ entries }) => this.apply(entries));
  }

  async open(): Promise<void> {
    await this.timeline.load();
  }

  async openThread(rootId: string): Promise<void> {
    const thread = this.threads.get(rootId) ?? new ThreadTimeline(ROOM, rootId, this.messages);
    this.threads.set(rootId, thread);
    await thread.load();
  }

  hear(entries: readonly TimelineEntry[]): void {
    this.log.receive(ROOM, entries);
  }

  /** The server tells how far its log goes, again and again, and the client asks for what it misses. */
  async catchUp(): Promise<void> {
    const head = this.server.log.entries.length;
    for (let turn = 0; turn < 100 && this.log.seqOf(ROOM) !== head; turn++) {
      this.log.compare({ [ROOM]: head });
      await settled();
    }
    expect(this.log.seqOf(ROOM)).toBe(head);
    await settled();
  }

  private apply(entries: readonly TimelineEntry[]): void {
    this.timeline.apply(entries);
    for (const thread of this.threads.values()) thread.apply(entries);
    this.list.apply(ROOM, entries);
    if (entries.some((entry) => this.list.isTouchedBy(ROOM, entry))) this.list.put(this.server.room);
  }

  private eventsAfter(after: number) {
    const items = this.server.log.entries.slice(after, after + 20);
    const lastSeq = this.server.log.entries.length;
    return { items, hasAfter: after + items.length < lastSeq, lastSeq };
  }

  private readonly messages = {
    page: (_room: string, query: PageQuery) => Promise.resolve(this.server.log.page({ ...query, limit: query.limit ?? 50 })),
    events: (_room: string, after: number) => Promise.resolve(this.eventsAfter(after)),
    thread: (_room: string, rootId: string) => {
      const items = [...this.server.log.messages.values()].filter(({ parentId }) => parentId === rootId);
      return Promise.resolve({ root: this.server.log.messages.get(rootId)!, items, hasBefore: false, hasAfter: false });
    },
  } as unknown as MessagesApi;
}

describe('what a client holds', () => {
  it('is told by as many types of entries as the contract has', () => {
    expect(Object.keys(new FakeRoom().acts).toSorted()).toEqual(TYPES.toSorted());
  });

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'equals a fresh fetch after any mix of entries that come twice, out of order, late or only when asked for (%i)',
    async (seed) => {
      const random = randomNumbers(seed * 7919);
      const server = new FakeRoom();
      const client = new Client(server);
      await client.open();
      const onTheirWay: TimelineEntry[] = [];
      for (let done = 0; done < ACTS; done++) {
        onTheirWay.push(server.act(TYPES[random(TYPES.length)]!, random));
        const kind = random(6);
        if (kind < 3) client.hear(onTheirWay.splice(random(onTheirWay.length), 1 + random(3)));
        else if (kind === 3) client.hear(server.log.entries.slice(random(server.log.entries.length)).slice(0, 3));
        else if (kind === 4 && random(4) === 0) onTheirWay.splice(random(onTheirWay.length), 1);
        else if (kind === 5 && random(4) === 0 && server.log.roots[0]) await client.openThread(server.log.roots[0].id);
        await settled();
        if (random(10) === 0) await client.catchUp();
      }
      await client.catchUp();
      expect(client.timeline.snapshot().messages).toEqual(server.log.shown);
      expect(client.timeline.snapshot().notes).toEqual(server.log.entries.filter(isNote));
      expect(rowOf(client.list.get(ROOM)!)).toEqual(rowOf(server.room));
      for (const [rootId, thread] of client.threads) {
        expect(thread.snapshot().root).toEqual(server.log.messages.get(rootId));
        expect(thread.snapshot().messages).toEqual([...server.log.messages.values()].filter(({ parentId }) => parentId === rootId));
      }
    },
  );
});

const isNote = ({ type }: TimelineEntry): boolean =>
  !type.startsWith('message.') && !type.startsWith('reaction.') && type !== 'file.status';

/** Undefined and absent are the same on the wire. */
const rowOf = (room: Room): Room => JSON.parse(JSON.stringify({ ...aRoom(), ...room })) as Room;
