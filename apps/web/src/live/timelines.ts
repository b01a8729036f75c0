import { AtriumError, type MessagePage, type PageQuery, RoomTimeline, ThreadTimeline } from '@atrium/client';
import type { TimelineEntry } from '@atrium/contracts';
import { client } from '../session/client.ts';

/** Rooms whose messages stay at hand, so that going back to one is immediate. */
const KEPT = 12;

/** The conversations that were opened, kept current while they are kept. */
export class Timelines {
  readonly #rooms = new Map<string, RoomTimeline>();
  readonly #threads = new Map<string, ThreadTimeline>();
  /** Rooms that show what was kept on this device, since the server could not be reached. */
  readonly #kept = new Set<string>();
  readonly #messages: ReturnType<typeof messagesOrKept>;
  #follower: ((roomId: string, timeline: RoomTimeline) => void) | undefined;

  /** @param userId who looks: their own reactions are marked */
  constructor(private readonly userId: () => string | undefined) {
    this.#messages = messagesOrKept(userId, (roomId, isKept) => void (isKept ? this.#kept.add(roomId) : this.#kept.delete(roomId)));
  }

  room(roomId: string): RoomTimeline {
    return keep(this.#rooms, roomId, () => {
      const timeline = new RoomTimeline(roomId, this.#messages, this.userId);
      this.#follower?.(roomId, timeline);
      return timeline;
    });
  }

  /** Tells of each conversation that is opened, and of those that are. */
  follow(follower: (roomId: string, timeline: RoomTimeline) => void): void {
    this.#follower = follower;
    for (const [roomId, timeline] of this.#rooms) follower(roomId, timeline);
  }

  isKept(roomId: string): boolean {
    return this.#kept.has(roomId);
  }

  /** The server is there again: what was shown instead is loaded from it. */
  renewKept(): void {
    for (const roomId of this.#kept) void this.#rooms.get(roomId)?.load();
  }

  thread(roomId: string, rootId: string): ThreadTimeline {
    return keep(this.#threads, `${roomId}/${rootId}`, () => new ThreadTimeline(roomId, rootId, client.messages, this.userId));
  }

  apply(roomId: string, entries: readonly TimelineEntry[]): void {
    this.#rooms.get(roomId)?.apply(entries);
    for (const thread of this.#threadsOf(roomId)) thread.apply(entries);
  }

  /** What is held of the room may be wrong: load it anew. */
  reset(roomId: string): void {
    void this.#rooms.get(roomId)?.restart();
    for (const thread of this.#threadsOf(roomId)) void thread.restart();
  }

  /** Something of the room may be missing: what is shown stays until it is loaded anew. */
  renew(roomId: string): void {
    void this.#rooms.get(roomId)?.reload();
    for (const thread of this.#threadsOf(roomId)) void thread.reload();
  }

  forget(roomId: string): void {
    this.#rooms.delete(roomId);
    for (const [key, thread] of this.#threads) if (thread.roomId === roomId) this.#threads.delete(key);
  }

  #threadsOf(roomId: string): ThreadTimeline[] {
    return [...this.#threads.values()].filter((thread) => thread.roomId === roomId);
  }

  clear(): void {
    this.#rooms.clear();
    this.#threads.clear();
    this.#kept.clear();
  }
}

/** Least recently opened goes first. */
function keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const found = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > KEPT) {
    const oldest = kept.keys().next();
    if (!oldest.done) kept.delete(oldest.value);
  }
  return found;
}

/** Nobody answered, or nobody who could. */
const AWAY: ReadonlySet<string> = new Set(['network', 'timeout', 'service_unavailable', 'deadline_exceeded']);

/** What the timeline of a room reads from: the server, or while it cannot be reached what was kept of it here. */
function messagesOrKept(userId: () => string | undefined, onKept: (roomId: string, isKept: boolean) => void) {
  return {
    events: client.messages.events.bind(client.messages),
    async page(roomId: string, query: PageQuery): Promise<MessagePage> {
      try {
        const page = await client.messages.page(roomId, query);
        onKept(roomId, false);
        return page;
      } catch (error) {
        const reader = userId();
        const isElsewhere = query.before !== undefined || query.after !== undefined;
        if (reader === undefined || isElsewhere || !AWAY.has(AtriumError.from(error).code)) throw error;
        const { findTimeline } = await import('../session/offline-store.ts');
        const kept = await findTimeline(reader, roomId).catch(() => undefined);
        if (!kept) throw error;
        onKept(roomId, true);
        return { items: [...kept.messages], hasBefore: kept.hasBefore, hasAfter: false };
      }
    },
  };
}
