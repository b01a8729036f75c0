import { messageSignals, messages, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { MessagesStack } from '../../test/messages-stack.ts';
import { Notices } from '../../test/notices.ts';

const stack = new MessagesStack();
const notices = new Notices(stack);
let notified: PayloadOf<typeof messageSignals.notified>[];
let called: PayloadOf<typeof messageSignals.roomCalled>[];

beforeAll(async () => {
  notices.begin();
  notified = await stack.bus.hear(messageSignals.notified);
  called = await stack.bus.hear(messageSignals.roomCalled);
});

describe('not being told', () => {
  it('holds for a room before the eyes of somebody on any device at any gateway', async () => {
    await notices.focus(stack.ben, [], uuidv7());
    await notices.focus(stack.ben, [stack.room.id], uuidv7());
    await stack.send(stack.ann, `@${stack.ben.username} you see this`);
    expect(await notices.told(stack.ben)).toEqual([]);
    await stack.send(stack.ann, '@room and this');
    const heard = await waitFor(() => called.find(({ notification }) => notification.excerpt === '@room and this'));
    expect(heard.except).toContain(stack.ben.id);
  });

  it('ends as soon as they look elsewhere', async () => {
    const gatewayId = uuidv7();
    await notices.focus(stack.ben, [stack.room.id], gatewayId);
    await notices.focus(stack.ben, [], gatewayId);
    await stack.send(stack.ann, `@${stack.ben.username} hello`);
    expect(await notices.reasonsOf(stack.ben)).toEqual([['mention']]);
  });

  it('follows the last report of a gateway, also where an older one comes later', async () => {
    const gatewayId = uuidv7();
    const report = (number: number, open: boolean) =>
      stack.bus.call(messages.reportPages, {
        gatewayId,
        report: number,
        users: [{ userId: stack.ben.id, open, roomIds: open ? [stack.room.id] : [] }],
      });
    for (const [number, open] of [
      [1, true],
      [3, false],
      [2, true],
    ] as const)
      await report(number, open);
    await stack.send(stack.ann, `@${stack.ben.username} hello`);
    expect(await notices.reasonsOf(stack.ben)).toEqual([['mention']]);
  });

  it.each<[string, Parameters<Notices['level']>[1], string[][]]>([
    ['nothing', { level: 'nothing' }, []],
    ['mentions', { level: 'mentions' }, [['mention']]],
    ['all', { level: 'all' }, [['mention'], ['thread']]],
  ])('follows the level of the room: %s', async (_name, wish, expected) => {
    await notices.prefer(stack.ben, { notify: 'nothing' });
    expect(await notices.level(stack.ben, wish)).toMatchObject({ roomId: stack.room.id, ...wish, notify: wish.level });
    const root = await stack.send(stack.ben, 'a question');
    await stack.send(stack.ann, 'an answer', { parentId: root.messageId });
    await stack.send(stack.ann, `@${stack.ben.username} and you`);
    expect(await notices.reasonsOf(stack.ben)).toEqual(expected);
  });

  it('ends by itself at the time given, and goes back to what the person prefers', async () => {
    await notices.prefer(stack.ben, { notify: 'all' });
    await notices.level(stack.ben, { level: 'nothing', until: new Date(Date.now() + 3_600_000).toISOString() });
    await stack.send(stack.ann, `@${stack.ben.username} one`);
    expect(await notices.told(stack.ben)).toEqual([]);
    const past = new Date(Date.now() - 1000).toISOString();
    expect(await notices.level(stack.ben, { level: 'nothing', until: past })).toMatchObject({
      roomId: stack.room.id,
      level: 'default',
      notify: 'all',
    });
    await stack.send(stack.ann, `@${stack.ben.username} two`);
    expect((await notices.told(stack.ben)).map(({ excerpt }) => excerpt)).toEqual([`@${stack.ben.username} two`]);
  });

  it('keeps calls of the room away from who wants nothing of it', async () => {
    await notices.level(stack.ben, { level: 'nothing' });
    await stack.send(stack.ann, '@room hear');
    expect(await notices.told(stack.ben)).toEqual([]);
    const { items } = await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id);
    expect(items).toMatchObject([{ me: { notify: 'nothing', roomNotify: { level: 'nothing' } } }]);
  });

  it('is, of changes made at once, the one that is told with the highest number', async () => {
    const told = await stack.bus.hear(messageSignals.notifyChanged);
    const wishes = (['all', 'default', 'mentions', 'nothing', 'default', 'all', 'mentions', 'default'] as const).map((one) => ({
      level: one,
    }));
    const answers = await Promise.all(wishes.map((wish) => notices.level(stack.ben, wish)));
    expect(new Set(answers.map(({ version }) => version)).size).toBe(wishes.length);
    await waitFor(() => told.filter(({ userId }) => userId === stack.ben.id).length === wishes.length);
    const last = told.filter(({ userId }) => userId === stack.ben.id).sort((a, b) => b.version! - a.version!)[0]!;
    const { items } = await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id);
    expect(items[0]!.me!.roomNotify?.level ?? 'default').toBe(last.level);
  });

  it('is decided by members about their own rooms alone', async () => {
    const wish = { roomId: stack.room.id, level: 'all' as const };
    expect(await stack.bus.refusal(messages.setNotify, wish, stack.eve.id)).toBe('not_a_member');
  });

  it('means that nothing rings in do not disturb, while the list has it all', async () => {
    await notices.prefer(stack.ben, { dndUntil: new Date(Date.now() + 60_000).toISOString() });
    const sent = await stack.send(stack.ann, `@${stack.ben.username} later`);
    expect(await waitFor(() => notified.find(({ notification }) => notification.id === sent.messageId))).toMatchObject({ quiet: true });
    expect(await notices.told(stack.ben)).toHaveLength(1);
  });
});
