import type { Message } from '@atrium/contracts';
import { ANN, BEN } from '../../test/builders.ts';
import { FakeLog, randomNumbers } from '../../test/fake-log.ts';
import type { MessagePage } from '../http/messages.api.ts';
import { MessageWindow } from './message-window.ts';

const isRoot = (message: Message): boolean => message.parentId === undefined;
const shown = (window: MessageWindow): number[] => window.snapshot().messages.map((message) => message.seq);

describe('a window on the messages of a room', () => {
  let log: FakeLog;
  let window: MessageWindow;
  beforeEach(() => {
    log = new FakeLog();
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

  it('reads what was never told when it is loaded again, at the place where it was loaded', async () => {
    for (let count = 0; count < 45; count += 1) log.say();
    await window.load();
    log.say();
    await window.reload();
    expect(window.snapshot().messages.at(-1)).toEqual(log.roots.at(-1));
    const middle = log.roots[20]!;
    await window.load(middle.seq);
    const before = shown(window);
    await window.reload();
    expect(shown(window)).toEqual(before);
  });

  it('counts a reply once, whether the page already contained it or not', async () => {
    const root = log.say().message;
    const counted = log.say({ parentId: root.id, authorId: BEN });
    await window.load();
    window.apply([counted]);
    expect(window.get(root.id)).toMatchObject({ replyCount: 1 });
    window.apply([log.say({ parentId: root.id }), log.say({ parentId: root.id })]);
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('shows pins as they come and go', async () => {
    const root = log.say().message;
    await window.load();
    window.apply([log.pin(root, true)]);
    expect(window.get(root.id)).toMatchObject({ pinnedBy: ANN });
    window.apply([log.pin(root, false)]);
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('pages past stretches in which only threads were written', async () => {
    const root = log.say().message;
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
    const random = randomNumbers(7);
    await window.load();
    for (let step = 0; step < 300; step += 1) {
      window.apply([log.change(random)]);
    }
    expect(window.snapshot().messages).toEqual(log.roots);
  });

  it('tells why a page did not come, and keeps what it has', async () => {
    for (let count = 0; count < 30; count += 1) log.say();
    let broken = false;
    window = new MessageWindow(
      (query) => (broken ? Promise.reject(new Error('no')) : Promise.resolve(log.page({ limit: 25, ...query }))),
      isRoot,
    );
    await window.load();
    broken = true;
    await window.loadBefore();
    expect(window.snapshot()).toMatchObject({ state: 'ready', hasBefore: true, error: { code: 'internal' } });
  });
});
