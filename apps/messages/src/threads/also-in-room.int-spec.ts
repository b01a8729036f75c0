import { messages, type OutputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('a reply that is shown in the room as well', () => {
  const stack = new MessagesStack();
  const activity = async (person: Person) => (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id)).items[0]!;
  const reading = async (person: Person) => (await activity(person)).me!;
  const read = (person: Person, seq: number, threadId?: string) =>
    stack.bus.call(messages.markRead, { roomId: stack.room.id, seq, ...(threadId !== undefined && { threadId }) }, person.id);
  const told = async (person: Person) => (await stack.bus.call(messages.notifications, {}, person.id)).items;
  let root: OutputOf<typeof messages.send>;
  beforeEach(async () => {
    root = await stack.send(stack.ann, 'a question', { clientId: uuidv7() });
    await read(stack.ben, root.seq);
  });
  const reply = (person: Person, body = 'an answer') =>
    stack.send(person, body, { parentId: root.messageId, alsoInRoom: true, clientId: uuidv7() });

  it('is one message: said so in its entry, on pages and in its thread', async () => {
    const { messageId, message } = await reply(stack.ben);
    expect(message).toMatchObject({ parentId: root.messageId, alsoInRoom: true });
    const entry = (await stack.allEntries(stack.ann)).at(-1);
    expect(entry).toMatchObject({ type: 'message.created', message: { id: messageId, alsoInRoom: true } });
    const page = await stack.bus.call(messages.page, { roomId: stack.room.id }, stack.ann.id);
    const thread = await stack.bus.call(messages.thread, { roomId: stack.room.id, messageId: root.messageId }, stack.ann.id);
    for (const { items } of [page, thread]) expect(items.filter(({ id }) => id === messageId)).toMatchObject([{ alsoInRoom: true }]);
    expect(thread.root.replyCount).toBe(1);
  });

  it('is what the room said last, and unread there as in its thread, until it is read or deleted', async () => {
    await stack.send(stack.ben, 'in the thread alone', { parentId: root.messageId, clientId: uuidv7() });
    expect(await activity(stack.ann)).toMatchObject({ lastMessage: { id: root.messageId }, me: { unread: 0, threadUnread: 1 } });
    const sent = await reply(stack.ben);
    expect(await activity(stack.ann)).toMatchObject({ lastMessage: { id: sent.messageId }, me: { unread: 1, threadUnread: 2 } });
    const other = await reply(stack.ben, 'another');
    await read(stack.ann, sent.seq);
    expect(await reading(stack.ann)).toMatchObject({ unread: 1 });
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: other.messageId }, stack.ben.id);
    expect(await activity(stack.ann)).toMatchObject({ lastMessage: { id: sent.messageId }, me: { unread: 0 } });
    expect(await reading(stack.ben)).toMatchObject({ unread: 0, readSeq: root.seq });
  });

  it.each(['the room', 'the thread'])('is told of once, and no longer once it is read in %s', async (where) => {
    const sent = await reply(stack.ben, `@${stack.ann.username} an answer`);
    expect(await told(stack.ann)).toMatchObject([{ id: sent.messageId, threadId: root.messageId, reasons: ['mention', 'thread'] }]);
    await read(stack.ann, sent.seq, where === 'the thread' ? root.messageId : undefined);
    expect(await told(stack.ann)).toMatchObject([{ id: sent.messageId, readAt: expect.any(String) }]);
    expect(await reading(stack.ann)).toMatchObject({ mentions: 0 });
  });

  it.each(['the room', 'the thread'])('calls the whole room once, until that is read in %s', async (where) => {
    const sent = await reply(stack.ann, '@room come and see');
    expect(await told(stack.ben)).toMatchObject([{ id: sent.messageId, reasons: ['room'] }]);
    await read(stack.ben, sent.seq, where === 'the thread' ? root.messageId : undefined);
    expect(await told(stack.ben)).toMatchObject([{ id: sent.messageId, readAt: expect.any(String) }]);
  });

  it('is read by who writes in the room after it', async () => {
    const sent = await reply(stack.ben, `@${stack.ann.username} an answer`);
    await stack.send(stack.ann, 'thank you', { clientId: uuidv7() });
    await waitFor(async () => (await told(stack.ann)).find(({ id, readAt }) => id === sent.messageId && readAt !== undefined), {
      what: 'the notification to be read',
    });
  });

  it('goes out so when it was scheduled so', async () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const place = { roomId: stack.room.id, parentId: root.messageId, alsoInRoom: true };
    const { id, alsoInRoom } = await stack.bus.call(messages.schedule, { ...place, body: 'later', sendAt }, stack.ben.id);
    expect(alsoInRoom).toBe(true);
    const sent = await stack.bus.call(messages.sendScheduled, { id }, stack.ben.id);
    expect(sent).toMatchObject({ body: 'later', parentId: root.messageId, alsoInRoom: true });
  });
});
