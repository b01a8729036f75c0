import { messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('threads and pins', () => {
  const stack = new MessagesStack();

  it('attaches a reply to a reply to the root, counts it, and tells followers', async () => {
    const root = await stack.send(stack.ann, 'root');
    const reply = await stack.send(stack.ben, 'reply', { parentId: root.messageId });
    await stack.send(stack.ann, 'reply to the reply', { parentId: reply.messageId });
    const thread = await stack.bus.call(messages.thread, { roomId: stack.room.id, messageId: reply.messageId }, stack.ann.id);
    expect(thread.items.map((message) => message.body)).toEqual(['root', 'reply', 'reply to the reply']);
    expect(thread.root).toMatchObject({ replyCount: 2, lastReplyAt: expect.any(String) });
    expect(thread.items[2]!.parentId).toBe(root.messageId);
    const list = await stack.bus.call(messages.threads, { roomId: stack.room.id, filter: 'unread' }, stack.ben.id);
    expect(list.items).toMatchObject([{ root: { id: root.messageId }, following: true, unread: 1 }]);
    expect(await stack.bus.refusal(messages.threads, { roomId: stack.room.id, cursor: 'yesterday_1' }, stack.ben.id)).toBe(
      'validation_failed',
    );
    expect(list.items[0]!.participants.toSorted()).toEqual([stack.ann.id, stack.ben.id].toSorted());
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: 5, threadId: root.messageId }, stack.ben.id);
    expect((await stack.bus.call(messages.threads, { roomId: stack.room.id, filter: 'unread' }, stack.ben.id)).items).toEqual([]);
  });

  it('leaves the room unread for who answers in a thread, and takes a mention in a thread for read with the thread', async () => {
    const reading = async () => (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id)).items[0]!.me!;
    const root = await stack.send(stack.ann, 'a question');
    await stack.send(stack.ann, 'and another');
    await stack.send(stack.ben, 'an answer', { parentId: root.messageId });
    const named = await stack.send(stack.ann, `thanks, @${stack.ben.username}`, { parentId: root.messageId });
    expect(await reading()).toMatchObject({ unread: 2, mentions: 1, threadUnread: 1 });
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: named.seq, threadId: root.messageId }, stack.ben.id);
    expect(await reading()).toMatchObject({ unread: 2, mentions: 0, threadUnread: 0 });
  });

  it('pages a thread with its root in the count', async () => {
    const root = await stack.send(stack.ann, 'root');
    const replies = [];
    for (const body of ['one', 'two', 'three']) replies.push(await stack.send(stack.ben, body, { parentId: root.messageId }));
    const page = (more: object) =>
      stack.bus.call(messages.thread, { roomId: stack.room.id, messageId: root.messageId, ...more }, stack.ann.id);
    const first = await page({ after: 0, limit: 2 });
    expect(first.items.map(({ body }) => body)).toEqual(['root', 'one']);
    expect(first).toMatchObject({ hasBefore: false, hasAfter: true });
    expect((await page({ after: first.items[1]!.seq, limit: 2 })).items.map(({ body }) => body)).toEqual(['two', 'three']);
    const newest = await page({ limit: 3 });
    expect(newest.items.map(({ seq }) => seq)).toEqual(replies.map(({ seq }) => seq));
    expect(newest).toMatchObject({ hasBefore: true, root: { body: 'root' } });
  });

  it('lets moderators pin and unpin, idempotently, as entries of the log', async () => {
    const { messageId } = await stack.send(stack.ben, 'remember this');
    const pin = (person: Person, pinned?: boolean) => stack.bus.call(messages.pin, { roomId: stack.room.id, messageId, pinned }, person.id);
    expect(await stack.bus.refusal(messages.pin, { roomId: stack.room.id, messageId }, stack.ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(messages.pin, { roomId: stack.room.id, messageId: uuidv7() }, stack.ann.id)).toBe('message_not_found');
    expect(await pin(stack.ann)).toMatchObject({ pinnedBy: stack.ann.id });
    await pin(stack.ann, true);
    expect((await stack.bus.call(messages.pins, { roomId: stack.room.id }, stack.ben.id)).items.map((message) => message.id)).toEqual([
      messageId,
    ]);
    expect(await pin(stack.ann)).not.toHaveProperty('pinnedAt');
    const types = (await stack.allEntries(stack.ann)).map((entry) => entry.type).slice(3);
    expect(types).toEqual(['message.pinned', 'message.unpinned']);
  });
});
