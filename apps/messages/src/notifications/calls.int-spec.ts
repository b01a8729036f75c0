import { messageSignals, messages, rooms, type InputOf, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aRoomState, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

const stack = new MessagesStack();
const online = new Set<string>();
let notified: PayloadOf<typeof messageSignals.notified>[];
let called: PayloadOf<typeof messageSignals.roomCalled>[];

beforeAll(async () => {
  stack.bus.answer(rooms.onlineMembers, () => ({ userIds: [...online] }));
  notified = await stack.bus.hear(messageSignals.notified);
  called = await stack.bus.hear(messageSignals.roomCalled);
});
beforeEach(async () => {
  online.clear();
  await stack.settle(stack.rooms.join(stack.room, stack.eve));
});

const list = (person: Person, query: InputOf<typeof messages.notifications> = {}) =>
  stack.bus.call(messages.notifications, query, person.id);
const reasonsOf = async (person: Person) => (await list(person)).items.map(({ reasons }) => [...reasons].sort());
const mentionsOf = async (person: Person) =>
  (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id)).items[0]!.me!.mentions;
const edit = (messageId: string, body: string) => stack.bus.call(messages.edit, { roomId: stack.room.id, messageId, body }, stack.ann.id);
const timesTold = (person: Person, messageId: string) =>
  notified.filter(({ userId, notification }) => userId === person.id && notification.id === messageId).length;
const level = (person: Person, wish: Omit<InputOf<typeof messages.setNotify>, 'roomId'>) =>
  stack.bus.call(messages.setNotify, { roomId: stack.room.id, ...wish }, person.id);
const prefer = (person: Person, wish: InputOf<typeof messages.setPreferences>) => stack.bus.call(messages.setPreferences, wish, person.id);

/** As accounts tells it. */
const setPresence = async (person: Person, presence: 'auto' | 'away' | 'dnd') => {
  const version = (versions.get(person.id) ?? 0) + 1;
  versions.set(person.id, version);
  const profile = { userId: person.id, username: person.username, displayName: person.username, avatarUrl: null };
  await stack.settle(stack.people.tell('userUpdated', { ...profile, version, presence }));
};
const versions = new Map<string, number>();

describe('an edit', () => {
  it('that calls those online tells exactly those of them who were not told before', async () => {
    const sent = await stack.send(stack.ann, `@${stack.ben.username} lunch?`);
    await stack.bus.call(messages.readNotifications, {}, stack.ben.id);
    online.add(stack.ben.id).add(stack.eve.id).add(stack.ann.id);
    await edit(sent.messageId, `@here @${stack.ben.username} lunch?`);
    await waitFor(() => timesTold(stack.eve, sent.messageId) > 0, { what: 'Eve to be told' });
    expect(await reasonsOf(stack.eve)).toEqual([['here']]);
    expect(await list(stack.ben, { filter: 'unread' })).toMatchObject({ items: [], unread: 0 });
    expect(timesTold(stack.ben, sent.messageId)).toBe(1);
    expect(await list(stack.ann)).toMatchObject({ items: [] });
    expect(await mentionsOf(stack.eve)).toBe(1);
  });

  it('of a message that called those online neither calls others nor forgets them', async () => {
    online.add(stack.ben.id);
    const sent = await stack.send(stack.ann, '@here lunch?');
    online.add(stack.eve.id);
    await edit(sent.messageId, '@here lunch or dinner?');
    expect([await mentionsOf(stack.ben), await mentionsOf(stack.eve)]).toEqual([1, 0]);
    expect(await reasonsOf(stack.eve)).toEqual([]);
    await edit(sent.messageId, 'nothing today');
    expect(await mentionsOf(stack.ben)).toBe(0);
  });

  it('that names somebody whom a call of the room told of the message does not tell them again', async () => {
    const sent = await stack.send(stack.ann, '@room dinner');
    await stack.bus.call(messages.readNotifications, {}, stack.ben.id);
    await edit(sent.messageId, `@room dinner, @${stack.ben.username}`);
    expect(await list(stack.ben)).toMatchObject({ unread: 0, items: [{ reasons: ['room'], readAt: expect.any(String) }] });
    expect(timesTold(stack.ben, sent.messageId)).toBe(0);
  });

  it('that calls the room tells those who were not named before', async () => {
    const sent = await stack.send(stack.ann, `@${stack.ben.username} dinner`);
    await edit(sent.messageId, `@${stack.ben.username} @room dinner`);
    const heard = await waitFor(() => called.find(({ notification }) => notification.id === sent.messageId), { what: 'the call' });
    expect(new Set(heard.except)).toEqual(new Set([stack.ann.id, stack.ben.id]));
    expect([await reasonsOf(stack.ben), await reasonsOf(stack.eve)]).toEqual([[['mention']], [['room']]]);
  });
});

describe('a call of a room', () => {
  it('never shows for whoever had the room before their eyes, whether they read it or not', async () => {
    await stack.bus.call(messages.reportPages, {
      gatewayId: uuidv7(),
      users: [{ userId: stack.ben.id, open: true, roomIds: [stack.room.id] }],
    });
    await stack.send(stack.ann, '@room you see this');
    expect(await list(stack.ben)).toMatchObject({ items: [], unread: 0 });
    expect(await reasonsOf(stack.eve)).toEqual([['room']]);
  });

  it('is decided when it is made, whatever level somebody sets later', async () => {
    await prefer(stack.ben, { notify: 'nothing' });
    const first = await stack.send(stack.ann, '@room one');
    await prefer(stack.ben, { notify: 'all' });
    const second = await stack.send(stack.ann, '@room two');
    await level(stack.ben, { level: 'nothing' });
    await stack.send(stack.ann, '@room three');
    expect((await list(stack.ben)).items.map(({ id }) => id)).toEqual([second.messageId]);
    expect((await list(stack.eve)).items.map(({ id }) => id)).toContain(first.messageId);
  });

  it('rings for nobody who wants quiet, by a wish or by their presence', async () => {
    await prefer(stack.ben, { dndUntil: new Date(Date.now() + 3_600_000).toISOString() });
    await setPresence(stack.eve, 'dnd');
    const sent = await stack.send(stack.ann, '@room hear');
    const heard = await waitFor(() => called.find(({ notification }) => notification.id === sent.messageId), { what: 'the call' });
    expect(new Set(heard.quiet)).toEqual(new Set([stack.ben.id, stack.eve.id]));
  });

  it('in a thread is read with the thread, not with the room', async () => {
    const root = await stack.send(stack.ann, 'root');
    const sent = await stack.send(stack.ann, '@room see here', { parentId: root.messageId });
    const read = (more: object) => stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: sent.seq, ...more }, stack.ben.id);
    await read({});
    expect((await list(stack.ben)).unread).toBe(1);
    await read({ threadId: root.messageId });
    expect((await list(stack.ben)).unread).toBe(0);
  });
});

describe('do not disturb, set as a presence', () => {
  it('keeps everything from ringing until it ends, while the list has it all', async () => {
    const quietOf = async (body: string) => {
      const sent = await stack.send(stack.ann, body);
      return (await waitFor(() => notified.find(({ notification }) => notification.id === sent.messageId), { what: 'the signal' })).quiet;
    };
    await setPresence(stack.ben, 'dnd');
    expect(await quietOf(`@${stack.ben.username} one`)).toBe(true);
    await setPresence(stack.ben, 'auto');
    expect(await quietOf(`@${stack.ben.username} two`)).toBe(false);
    expect((await list(stack.ben)).unread).toBe(2);
  });
});

describe('whoever wants mentions alone', () => {
  const openDirect = async () => {
    stack.room = aRoomState({ kind: 'direct', visibility: 'private' });
    for (const person of [stack.ann, stack.ben]) await stack.settle(stack.rooms.join(stack.room, person));
  };

  it('is told of direct messages all the same, unless they said so of that room', async () => {
    await prefer(stack.ben, { notify: 'mentions' });
    await openDirect();
    await stack.send(stack.ann, 'one');
    await level(stack.ben, { level: 'mentions' });
    await stack.send(stack.ann, 'two');
    expect((await list(stack.ben)).items.map(({ excerpt }) => excerpt)).toEqual(['one']);
  });
});

describe('what somebody was told of', () => {
  const unreadOf = async (person: Person) => (await list(person)).unread;

  it('is read by writing where it was said, on all devices', async () => {
    const left = await stack.bus.hear(messageSignals.notificationsRead);
    const root = await stack.send(stack.ann, `@${stack.ben.username} and @room`);
    await stack.send(stack.ann, `@${stack.ben.username} in the thread`, { parentId: root.messageId });
    await stack.send(stack.ann, '@room all');
    expect(await unreadOf(stack.ben)).toBe(3);
    await stack.send(stack.ben, 'yes');
    await waitFor(() => left.some(({ userId, unread }) => userId === stack.ben.id && unread === 1), { what: 'his devices to know' });
    await stack.send(stack.ben, 'yes', { parentId: root.messageId });
    await waitFor(() => left.some(({ userId, unread }) => userId === stack.ben.id && unread === 0), { what: 'his devices to know' });
    expect(await unreadOf(stack.ben)).toBe(0);
  });

  it('is read one by one, be it a call of the room, by whoever was told alone', async () => {
    await stack.send(stack.ann, `@${stack.ben.username} 1`);
    const call = await stack.send(stack.ann, '@room 2');
    const named = await stack.send(stack.ann, `@${stack.ben.username} 3`);
    const read = (id: string) => stack.bus.call(messages.readNotifications, { id }, stack.ben.id);
    expect(await read(call.messageId)).toEqual({ unread: 2 });
    expect(await read(named.messageId)).toEqual({ unread: 1 });
    expect(await read(named.messageId)).toEqual({ unread: 1 });
    expect((await list(stack.ben)).items.map(({ excerpt, readAt }) => [excerpt.at(-1), readAt !== undefined])).toEqual([
      ['3', true],
      ['2', true],
      ['1', false],
    ]);
    expect(await stack.bus.refusal(messages.readNotifications, { id: named.messageId }, stack.eve.id)).toBe('message_not_found');
    expect(await stack.bus.refusal(messages.readNotifications, { id: call.messageId, upTo: call.messageId }, stack.ben.id)).toBe(
      'validation_failed',
    );
  });
});
