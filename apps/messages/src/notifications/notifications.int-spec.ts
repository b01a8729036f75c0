import { BOT_USER_ID, messageSignals, messages, signedBySender, webhookClientId, type OutputOf, type PayloadOf } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { aPerson, aRoomState, type Person } from '../../test/builders.ts';
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
beforeEach(() => notices.online.clear());

describe('being told of a message', () => {
  it('happens once for each person and message, with every reason, on all devices', async () => {
    const { ann, ben } = stack;
    const root = await stack.send(ben, 'a question');
    const sent = await stack.send(ann, `@${ben.username} @room an  answer`, { parentId: root.messageId });
    const [only, ...others] = await notices.told(ben);
    expect(others).toEqual([]);
    expect(only).toEqual({
      id: sent.messageId,
      at: sent.createdAt,
      roomId: stack.room.id,
      messageId: sent.messageId,
      seq: sent.seq,
      threadId: root.messageId,
      actorId: ann.id,
      reasons: ['mention', 'thread'],
      excerpt: `@${ben.username} @room an answer`,
    });
    const heard = await waitFor(() => notified.find(({ notification }) => notification.id === sent.messageId), { what: 'the signal' });
    expect(heard).toEqual({ userId: ben.id, quiet: false, notification: only });
    await waitFor(() => called.some(({ notification, except }) => notification.id === sent.messageId && except.includes(ben.id)));
    expect(await notices.told(ann)).toEqual([]);
  });

  it('calls everyone in the room by @room, and none of those who come later', async () => {
    await notices.join(stack.eve);
    const sent = await stack.send(stack.ann, '@room dinner');
    const late = aPerson();
    await notices.join(late);
    for (const person of [stack.ben, stack.eve])
      expect(await notices.told(person)).toMatchObject([{ id: sent.messageId, reasons: ['room'] }]);
    expect(await notices.told(late)).toEqual([]);
    expect(await notices.told(stack.ann)).toEqual([]);
  });

  it('calls by @here who is online at that moment, for good', async () => {
    await notices.join(stack.eve);
    notices.online.add(stack.ben.id);
    await stack.send(stack.ann, '@here lunch');
    notices.online.add(stack.eve.id);
    expect(await notices.reasonsOf(stack.ben)).toEqual([['here']]);
    expect(await notices.reasonsOf(stack.eve)).toEqual([]);
    const { items } = await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.eve.id);
    expect(items).toMatchObject([{ me: { unread: 1, mentions: 0 } }]);
  });

  it('calls the moderators alone by @moderators', async () => {
    await stack.send(stack.ben, '@moderators help');
    await notices.join(stack.eve);
    expect(await notices.reasonsOf(stack.ann)).toEqual([['moderators']]);
    expect(await notices.reasonsOf(stack.eve)).toEqual([]);
  });

  it('reaches whoever began a thread or follows it, until they leave it', async () => {
    const root = await stack.send(stack.ben, 'a question');
    const reply = (text: string) => stack.send(stack.ann, text, { parentId: root.messageId });
    await reply('one');
    await stack.bus.call(messages.follow, { roomId: stack.room.id, messageId: root.messageId, following: false }, stack.ben.id);
    await reply('two');
    expect((await notices.told(stack.ben)).map(({ excerpt }) => excerpt)).toEqual(['one']);
    expect(await notices.told(stack.ben, { filter: 'threads' })).toHaveLength(1);
    expect(await notices.told(stack.ben, { filter: 'mentions' })).toEqual([]);
  });

  it('reaches whoever began a thread also when they looked into it before anybody answered', async () => {
    const root = await stack.send(stack.ben, 'a question');
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: root.seq, threadId: root.messageId }, stack.ben.id);
    await stack.send(stack.ann, 'an answer', { parentId: root.messageId });
    expect(await notices.reasonsOf(stack.ben)).toEqual([['thread']]);
  });

  it('names what a webhook posted it as, beside the bot that wrote it', async () => {
    const body = signedBySender('Pump station', '🚰', `@${stack.ben.username} pressure is **low**`);
    const post = { roomId: stack.room.id, body, clientId: webhookClientId('a'), mayPing: true };
    await stack.bus.call(messages.postAsBot, post, BOT_USER_ID);
    const shown = { sender: { name: 'Pump station', icon: '🚰' }, excerpt: `@${stack.ben.username} pressure is low` };
    expect(await notices.told(stack.ben)).toMatchObject([{ actorId: BOT_USER_ID, ...shown }]);
    expect(await waitFor(() => notified.find(({ notification }) => notification.sender !== undefined))).toMatchObject({
      notification: shown,
    });
  });

  it('reaches the author of a message that somebody else reacts to, once', async () => {
    const sent = await stack.send(stack.ben, 'well done');
    const react = (person: Person, emoji: string) =>
      stack.bus.call(messages.react, { roomId: stack.room.id, messageId: sent.messageId, emoji }, person.id);
    await react(stack.ben, '👍');
    expect(await notices.told(stack.ben)).toEqual([]);
    await react(stack.ann, '👍');
    await react(stack.ann, '🎉');
    expect(await notices.told(stack.ben)).toMatchObject([{ id: sent.messageId, actorId: stack.ann.id, reasons: ['reaction'] }]);
  });

  it('comes of an edit for those alone who were not named before', async () => {
    await notices.join(stack.eve);
    const sent = await stack.send(stack.ann, `@${stack.ben.username} look`);
    await stack.bus.call(messages.readNotifications, {}, stack.ben.id);
    const edit = { roomId: stack.room.id, messageId: sent.messageId, body: `@${stack.ben.username} @${stack.eve.username} look` };
    await stack.bus.call(messages.edit, edit, stack.ann.id);
    expect(await notices.told(stack.ben, { filter: 'unread' })).toEqual([]);
    expect(await notices.told(stack.eve)).toMatchObject([{ id: sent.messageId, reasons: ['mention'] }]);
    const heard = notified.filter(({ notification }) => notification.id === sent.messageId).map(({ userId }) => userId);
    await waitFor(() => notified.some(({ userId }) => userId === stack.eve.id), { what: 'Eve to be told' });
    expect(heard.filter((userId) => userId === stack.ben.id)).toHaveLength(1);
  });

  it('is undone with the message', async () => {
    await notices.join(stack.eve);
    const sent = await stack.send(stack.ann, `@${stack.ben.username} @room oops`);
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: sent.messageId }, stack.ann.id);
    expect(await notices.list(stack.ben)).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect(await notices.list(stack.eve)).toEqual({ items: [], nextCursor: null, unread: 0 });
  });

  it('ends with the membership: nothing of a room is shown to who is not in it', async () => {
    await stack.send(stack.ann, `@${stack.ben.username} @room secret`);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben, 'kicked'));
    expect(await notices.list(stack.ben)).toEqual({ items: [], nextCursor: null, unread: 0 });
  });

  it('shows who comes back to a room that hides its past nothing of that, nor counts it', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    await stack.send(stack.ann, `@${stack.ben.username} @room before you left`);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    await stack.settle(stack.rooms.join(stack.room, stack.ben));
    expect(await notices.list(stack.ben)).toEqual({ items: [], nextCursor: null, unread: 0 });
    const sent = await stack.send(stack.ann, `@${stack.ben.username} welcome back`);
    expect(await notices.list(stack.ben)).toMatchObject({ items: [{ id: sent.messageId }], unread: 1 });
  });
});

describe('a direct room', () => {
  const openDirect = async (...people: Person[]) => {
    stack.room = aRoomState({ kind: 'direct', visibility: 'private' });
    for (const person of people) await stack.settle(stack.rooms.join(stack.room, person));
  };

  it('tells its people of every message, unless they muted it', async () => {
    await openDirect(stack.ann, stack.ben, stack.eve);
    await notices.level(stack.eve, { level: 'nothing' });
    await stack.send(stack.ann, 'one');
    await stack.send(stack.ann, `@${stack.ben.username} two`);
    expect(await notices.reasonsOf(stack.ben)).toEqual([['direct', 'mention'], ['direct']]);
    expect(await notices.told(stack.eve)).toEqual([]);
  });

  it('is hidden from who leaves it, until the next message', async () => {
    await openDirect(stack.ann, stack.ben);
    const reopened = await stack.bus.hear(messageSignals.roomReopened);
    await stack.bus.call(messages.setHidden, { roomId: stack.room.id, hidden: true }, stack.ben.id);
    const hidden = async () => {
      const { items } = await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id);
      return items[0]!.me!.hidden ?? false;
    };
    expect(await hidden()).toBe(true);
    await stack.send(stack.ann, 'are you there?');
    expect(await hidden()).toBe(false);
    await waitFor(() => reopened.some(({ roomId, userIds }) => roomId === stack.room.id && userIds.includes(stack.ben.id)));
  });
});

describe('the list of what somebody was told of', () => {
  it('is read page by page, newest first, calls of rooms among the others', async () => {
    const sent: string[] = [];
    for (let n = 0; n < 7; n++) {
      const body = n % 2 === 0 ? `@${stack.ben.username} ${n}` : `@room ${n}`;
      sent.unshift((await stack.send(stack.ann, body)).messageId);
    }
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    do {
      const page: OutputOf<typeof messages.notifications> = await notices.list(stack.ben, { limit: 3, ...(cursor && { cursor }) });
      pages.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages).toEqual([sent.slice(0, 3), sent.slice(3, 6), sent.slice(6)]);
    expect(await stack.bus.refusal(messages.notifications, { cursor: 'nonsense' }, stack.ben.id)).toBe('validation_failed');
  });

  it('is marked read up to one of them, or all', async () => {
    const [first, second] = [await stack.send(stack.ann, `@${stack.ben.username} 1`), await stack.send(stack.ann, '@room 2')];
    await stack.send(stack.ann, `@${stack.ben.username} 3`);
    expect((await notices.list(stack.ben)).unread).toBe(3);
    expect(await stack.bus.call(messages.readNotifications, { upTo: second.messageId }, stack.ben.id)).toEqual({ unread: 1 });
    const items = await notices.told(stack.ben);
    expect(items.map(({ readAt }) => readAt !== undefined)).toEqual([false, true, true]);
    expect(await notices.told(stack.ben, { filter: 'unread' })).toHaveLength(1);
    expect(await stack.bus.call(messages.readNotifications, {}, stack.ben.id)).toEqual({ unread: 0 });
    expect(await stack.bus.refusal(messages.readNotifications, { upTo: first.messageId }, stack.eve.id)).toBe('message_not_found');
  });

  it('counts as read what somebody has read in its room', async () => {
    await stack.send(stack.ann, `@${stack.ben.username} 1`);
    const last = await stack.send(stack.ann, '@room 2');
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: last.seq }, stack.ben.id);
    expect(await notices.list(stack.ben)).toMatchObject({
      unread: 0,
      items: [{ readAt: expect.any(String) }, { readAt: expect.any(String) }],
    });
  });
});
