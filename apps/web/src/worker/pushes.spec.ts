import type { PushMessage } from '@atrium/contracts';
import { takePush } from './pushes.ts';
import { worker } from './worker-scope.ts';

/** What is on a screen once the browser was let show it. */
function aScreen() {
  const shown = new Set<string>();
  const opening: { appear: () => void; fail: (error: Error) => void }[] = [];
  return {
    shown,
    opening,
    showNotification: (_title: string, { tag }: { tag: string }) =>
      new Promise<void>((resolve, fail) => opening.push({ appear: () => resolve(void shown.add(tag)), fail })),
    getNotifications: () => Promise.resolve([...shown].map((tag) => ({ tag, close: () => void shown.delete(tag) }))),
  };
}

const told = (tag: string): PushMessage => ({
  type: 'notification',
  title: 'Ben',
  body: 'Hello',
  tag,
  url: '/rooms',
  unread: 1,
  silent: true,
});
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('what a device is told', () => {
  let screen: ReturnType<typeof aScreen>;
  beforeEach(() => {
    screen = aScreen();
    Object.defineProperty(worker, 'registration', { value: screen, configurable: true });
  });
  afterEach(() => Reflect.deleteProperty(worker, 'registration'));

  it('is closed again when it was read while it was being shown', async () => {
    const [showing, reading] = [takePush(told('a')), takePush({ type: 'read', tags: ['a'], unread: 0 })];
    await nextTurn();
    screen.opening[0]!.appear();
    await Promise.all([showing, reading]);
    expect([...screen.shown]).toEqual([]);
  });

  it('is shown although what came before it could not be', async () => {
    const [first, second] = [takePush(told('a')), takePush(told('b'))];
    await nextTurn();
    screen.opening[0]!.fail(new Error('not granted'));
    await expect(first).rejects.toThrow('not granted');
    await nextTurn();
    screen.opening[1]!.appear();
    await second;
    expect([...screen.shown]).toEqual(['b']);
  });
});
