import type { Message, TimelineEntry } from '@atrium/contracts';
import { FakeLog, randomNumbers } from '../../test/fake-log.ts';
import type { MessagePage, PageQuery } from '../http/messages.api.ts';
import { MessageWindow } from './message-window.ts';

/** A page on its way: the server reads it at one time, and it arrives at another. */
class Request {
  page: MessagePage | undefined;
  readonly answer: Promise<MessagePage>;
  #resolve: (page: MessagePage) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly log: () => FakeLog,
    readonly query: PageQuery,
  ) {
    this.answer = new Promise((resolve, reject) => ([this.#resolve, this.#reject] = [resolve, reject]));
  }

  read(): this {
    this.page ??= this.log().page(this.query);
    return this;
  }

  async arrive(): Promise<void> {
    this.read();
    if (this.page) this.#resolve(this.page);
    await settled();
  }

  async fail(): Promise<void> {
    this.#reject(new Error('lost on its way'));
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const isRoot = (message: Message): boolean => message.parentId === undefined;

describe('a window whose pages are on their way', () => {
  let log: FakeLog;
  let requests: Request[];
  let window: MessageWindow;
  beforeEach(() => {
    log = new FakeLog();
    requests = [];
    window = new MessageWindow((query) => {
      const request = new Request(() => log, query);
      requests.push(request);
      return request.answer;
    }, isRoot);
  });

  const arriveAll = async (): Promise<void> => {
    for (let request = requests.shift(); request; request = requests.shift()) await request.arrive();
  };
  const loadAll = async (): Promise<void> => {
    await arriveAll();
    while (window.snapshot().hasBefore || window.snapshot().hasAfter) {
      void window.loadBefore();
      await arriveAll();
      void window.loadAfter();
      await arriveAll();
    }
  };
  const openAtEnd = async (): Promise<void> => {
    void window.load();
    await arriveAll();
  };
  const messages = () => window.snapshot().messages;

  it('shows a pin that came while an older page was on its way', async () => {
    for (let count = 0; count < 41; count += 1) window.apply([log.say()]);
    await openAtEnd();
    void window.loadBefore();
    const page = requests[0]?.read();
    window.apply([log.pin(page?.page?.items[0] as Message, true)]);
    await page?.arrive();
    requests.shift();
    await loadAll();
    expect(messages()).toEqual(log.roots);
  });

  it('shows a message that came while the first page was being completed, though the rest was lost', async () => {
    const root = log.say().message;
    for (let count = 0; count < 25; count += 1) log.say({ parentId: root.id });
    log.say();
    void window.load();
    await requests.shift()?.arrive();
    window.apply([log.say()]);
    await requests.shift()?.fail();
    expect(messages().map(({ seq }) => seq)).toEqual([27, 28]);
    expect(window.snapshot().newer).toBe(0);
  });

  it('counts as newer only what its pages did not bring', async () => {
    for (let count = 0; count < 30; count += 1) log.say();
    void window.load(8);
    await arriveAll();
    for (let count = 0; count < 20; count += 1) window.apply([log.say()]);
    expect(window.snapshot().newer).toBe(20);
    for (let last = 0; last < 40; last = messages().at(-1)?.seq ?? 0) {
      void window.loadAfter();
      await arriveAll();
    }
    expect(window.snapshot().newer).toBe(50 - (messages().at(-1)?.seq ?? 0));
  });

  it('starts over when its room does, however far it had come', async () => {
    for (let count = 0; count < 12; count += 1) window.apply([log.say()]);
    await openAtEnd();
    void window.loadBefore();
    const late = requests.splice(0);
    log = new FakeLog();
    log.say({ body: 'after the backup' });
    window.reset();
    expect(messages()).toEqual([]);
    void window.load();
    await arriveAll();
    window.apply([log.say()]);
    for (const request of late) await request.arrive();
    expect(messages()).toEqual(log.roots);
  });

  it('is not ready before the page that was asked for last', async () => {
    for (let count = 0; count < 30; count += 1) log.say();
    void window.load();
    await requests.shift()?.arrive();
    const superseded = requests.shift();
    window.reset();
    void window.load(5);
    await superseded?.arrive();
    expect(window.snapshot().state).toBe('loading');
    await loadAll();
    expect(messages()).toEqual(log.roots);
  });

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))('equals a fresh fetch, whatever arrives in between (%i)', async (seed) => {
    const random = randomNumbers(seed * 7919);
    const told: TimelineEntry[] = [];
    void window.load();
    for (let step = 0; step < 120; step += 1) {
      const kind = random(12);
      if (kind < 5) told.push(log.change(random));
      else if (kind < 8) window.apply(told.splice(0, 1 + random(3)));
      else if (kind === 8) void (random(4) === 0 ? window.load(1 + random(log.entries.length + 1)) : window.load());
      else if (kind === 9) void (random(2) === 0 ? window.loadBefore() : window.loadAfter());
      else if (kind === 10) requests[random(Math.max(1, requests.length))]?.read();
      else await requests.splice(random(Math.max(1, requests.length)), 1)[0]?.[random(5) === 0 ? 'fail' : 'arrive']();
    }
    window.apply(told);
    await arriveAll();
    if (window.snapshot().state === 'failed') await openAtEnd();
    await loadAll();
    expect(messages()).toEqual(log.roots);
  });
});
