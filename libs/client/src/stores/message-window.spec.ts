import type { Message, TimelineEntry } from '@atrium/contracts';
import { aCreated, aMessage, anInstant, ANN, BEN } from '../../test/builders.ts';
import type { MessagePage, PageQuery } from '../http/messages.api.ts';
import { MessageWindow } from './message-window.ts';

/** What the server would answer: the truth that a window must equal. */
class Log {
  readonly messages = new Map<string, Message>();
  readonly entries: TimelineEntry[] = [];

  get seq(): number {
    return this.entries.length + 1;
  }

  say(parts: Partial<Message> = {}): TimelineEntry {
    const message = aMessage(this.seq, parts);
    this.messages.set(message.id, message);
    const root = parts.parentId ? this.messages.get(parts.parentId) : undefined;
    if (root) this.messages.set(root.id, { ...root, replyCount: root.replyCount + 1, lastReplyAt: message.createdAt });
    return this.#add(aCreated(message));
  }

  pin(message: Message, pinned: boolean): TimelineEntry {
    const { pinnedAt: _at, pinnedBy: _by, ...rest } = this.messages.get(message.id) ?? message;
    const changed: Message = pinned ? { ...rest, pinnedAt: anInstant(this.seq), pinnedBy: ANN } : rest;
    this.messages.set(message.id, changed);
    return this.#add({
      seq: this.seq, at: anInstant(this.seq), actorId: ANN, type: pinned ? 'message.pinned' : 'message.unpinned', messageId: message.id, message: changed,
    });
  }

  page({ before = Infinity, after = 0, limit = 10 }: PageQuery): MessagePage {
    const all = [...this.messages.values()].sort((a, b) => a.seq - b.seq);
    const range = all.filter((message) => message.seq < before && message.seq > after);
    const items = after > 0 ? range.slice(0, limit) : range.slice(-limit);
    const [first, last] = [items[0]?.seq ?? before, items.at(-1)?.seq ?? after];
    return { items, hasBefore: all.some((message) => message.seq < first), hasAfter: all.some((message) => message.seq > last) };
  }

  get roots(): Message[] {
    return [...this.messages.values()].filter((message) => !message.parentId).sort((a, b) => a.seq - b.seq);
  }

  #add(entry: TimelineEntry): TimelineEntry {
    this.entries.push(entry);
    return entry;
  }
}

const isRoot = (message: Message): boolean => message.parentId === undefined;
const shown = (window: MessageWindow): number[] => window.snapshot().messages.map((message) => message.seq);

describe('MessageWindow', () => {
  let log: Log;
  let window: MessageWindow;
  beforeEach(() => {
    log = new Log();
    window = new MessageWindow((query) => Promise.resolve(log.page(query)), isRoot);
  });

  it('loads the newest page and pages back without a hole', async () => {
    for (let count = 0; count < 45; count += 1) log.say();
    await window.load();
    while (window.snapshot().hasBefore) await window.loadBefore();
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('appends what arrives, whatever is applied twice', async () => {
    await window.load();
    window.apply([log.say(), log.say()]);
    window.apply(log.entries);
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('loses nothing that arrives while the first page is on its way', async () => {
    log.say();
    const early = log.page({});
    let answer: (page: MessagePage) => void = () => undefined;
    window = new MessageWindow(() => new Promise((resolve) => (answer = resolve)), isRoot);
    const loading = window.load();
    window.apply([log.say()]);
    answer(early);
    await loading;
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('counts a reply once, whether the page already contained it or not', async () => {
    const root = (log.say() as Extract<TimelineEntry, { type: 'message.created' }>).message;
    const counted = log.say({ parentId: root.id, authorId: BEN });
    await window.load();
    window.apply([counted]);
    expect(window.get(root.id)).toMatchObject({ replyCount: 1 });
    window.apply([log.say({ parentId: root.id }), log.say({ parentId: root.id })]);
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('shows pins as they come and go', async () => {
    const root = (log.say() as Extract<TimelineEntry, { type: 'message.created' }>).message;
    await window.load();
    window.apply([log.pin(root, true)]);
    expect(window.get(root.id)).toMatchObject({ pinnedBy: ANN });
    window.apply([log.pin(root, false)]);
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('pages past stretches in which only threads were written', async () => {
    const root = (log.say() as Extract<TimelineEntry, { type: 'message.created' }>).message;
    for (let count = 0; count < 25; count += 1) log.say({ parentId: root.id });
    await window.load();
    expect(shown(window)).toEqual([1]);
  });

  it('does not append to a window that does not reach the present, and has it all once it does', async () => {
    for (let count = 0; count < 30; count += 1) log.say();
    window = new MessageWindow((query) => Promise.resolve(log.page(query.around === undefined ? query : { before: 12 })), isRoot);
    await window.load(8);
    window.apply([log.say()]);
    expect(window.snapshot()).toMatchObject({ hasAfter: true, newer: 1 });
    expect(shown(window).at(-1)).toBe(11);
    while (window.snapshot().hasAfter) await window.loadAfter();
    expect(shown(window).at(-1)).toBe(31);
    expect(window.snapshot().newer).toBe(0);
  });

  it('equals a fresh fetch after any sequence of entries', async () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
    await window.load();
    for (let step = 0; step < 300; step += 1) {
      const roots = log.roots;
      const root = roots[random(Math.max(1, roots.length))];
      const kind = random(4);
      const entry = !root || kind === 0 ? log.say() : kind === 1 ? log.say({ parentId: root.id }) : log.pin(root, kind === 2);
      window.apply([entry]);
    }
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('tells why a page did not come, and keeps what it has', async () => {
    for (let count = 0; count < 30; count += 1) log.say();
    let broken = false;
    window = new MessageWindow((query) => (broken ? Promise.reject(new Error('no')) : Promise.resolve(log.page({ limit: 25, ...query }))), isRoot);
    await window.load();
    broken = true;
    await window.loadBefore();
    expect(window.snapshot()).toMatchObject({ state: 'ready', hasBefore: true, error: { code: 'internal' } });
  });
});
