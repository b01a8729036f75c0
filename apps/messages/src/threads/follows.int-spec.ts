import { messageSignals, messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aRoomState, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('following threads', () => {
  const stack = new MessagesStack();

  const follow = (person: Person, messageId: string, following = true) =>
    stack.bus.call(messages.follow, { roomId: stack.room.id, messageId, following }, person.id);
  const mine = async (person: Person, filter: 'following' | 'unread' | 'all', more: object = {}) =>
    stack.bus.call(messages.myThreads, { filter, ...more }, person.id);
  const threadUnread = async (person: Person) =>
    (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id)).items[0]!.me!.threadUnread;
  const reply = (person: Person, rootId: string, body = 'reply') => stack.send(person, body, { parentId: rootId });
  /** Another room of both. */
  const openAnother = async () => {
    stack.room = aRoomState();
    await stack.settle(stack.rooms.join(stack.room, stack.ann, 'host'));
    await stack.settle(stack.rooms.join(stack.room, stack.ben));
  };

  it('begins where one is, and counts what others answer from there', async () => {
    const root = await stack.send(stack.ann, 'root');
    await reply(stack.ann, root.messageId);
    await follow(stack.ben, root.messageId);
    expect(await threadUnread(stack.ben)).toBe(0);
    const later = await reply(stack.ann, root.messageId);
    expect(await threadUnread(stack.ben)).toBe(1);
    await follow(stack.ben, later.messageId, false);
    expect(await threadUnread(stack.ben)).toBe(0);
    expect((await mine(stack.ben, 'following')).items).toEqual([]);
    await follow(stack.ben, root.messageId);
    expect(await threadUnread(stack.ben)).toBe(1);
    expect(await stack.bus.refusal(messages.follow, { roomId: stack.room.id, messageId: uuidv7(), following: true }, stack.ben.id)).toBe(
      'message_not_found',
    );
    expect(
      await stack.bus.refusal(messages.follow, { roomId: stack.room.id, messageId: root.messageId, following: true }, stack.eve.id),
    ).toBe('not_a_member');
  });

  it('says whether one follows a thread, and tells all of one’s devices when that changes', async () => {
    const root = await stack.send(stack.ben, 'root');
    const followed = await stack.bus.hear(messageSignals.followed);
    const isFollowing = async (person: Person, messageId = root.messageId) =>
      (await stack.bus.call(messages.following, { roomId: stack.room.id, messageId }, person.id)).following;
    expect(await isFollowing(stack.ben)).toBe(true);
    expect(await isFollowing(stack.ann)).toBe(false);
    const answer = await reply(stack.ann, root.messageId);
    expect(await isFollowing(stack.ann, answer.messageId)).toBe(true);
    await follow(stack.ben, answer.messageId, false);
    expect(await isFollowing(stack.ben)).toBe(false);
    await waitFor(() => followed.length === 1, { what: 'the change' });
    expect(followed).toEqual([{ roomId: stack.room.id, userId: stack.ben.id, messageId: root.messageId, following: false }]);
    const refusal = (messageId: string, person: Person) =>
      stack.bus.refusal(messages.following, { roomId: stack.room.id, messageId }, person.id);
    expect(await refusal(uuidv7(), stack.ben)).toBe('message_not_found');
    expect(await refusal(root.messageId, stack.eve)).toBe('not_a_member');
  });

  it('that somebody left holds until they are named, be it by an edit', async () => {
    const root = await stack.send(stack.ben, 'root');
    const first = await reply(stack.ann, root.messageId);
    await follow(stack.ben, root.messageId, false);
    await reply(stack.ann, root.messageId);
    expect(await threadUnread(stack.ben)).toBe(0);
    await stack.bus.call(
      messages.edit,
      { roomId: stack.room.id, messageId: first.messageId, body: `and you, @${stack.ben.username}?` },
      stack.ann.id,
    );
    expect((await mine(stack.ben, 'following')).items).toMatchObject([{ root: { id: root.messageId }, unread: 2 }]);
  });

  it('tells who follows that a thread was answered, and their devices how they stand', async () => {
    const root = await stack.send(stack.ben, 'root');
    const [replied, read] = [await stack.bus.hear(messageSignals.threadReplied), await stack.bus.hear(messageSignals.read)];
    const { seq } = await reply(stack.ann, root.messageId);
    await waitFor(() => replied.length === 1, { what: 'the reply' });
    expect(replied).toMatchObject([{ roomId: stack.room.id, rootId: root.messageId, seq }]);
    expect(replied[0]!.userIds.toSorted()).toEqual([stack.ann.id, stack.ben.id].toSorted());
    await follow(stack.ben, root.messageId, false);
    await waitFor(() => read.length === 1, { what: 'the marks' });
    expect(read).toMatchObject([{ userId: stack.ben.id, threadId: root.messageId, threadUnread: 0 }]);
  });

  it('lists the threads of all rooms together, by latest reply, page by page', async () => {
    const rooms = [stack.room];
    const roots = [];
    for (let i = 0; i < 3; i++) {
      if (i > 0) {
        await openAnother();
        rooms.push(stack.room);
      }
      roots.push(await stack.send(stack.ann, `root ${i}`));
    }
    for (const [index, root] of roots.entries()) {
      stack.room = rooms[index]!;
      await reply(stack.ann, root.messageId);
    }
    const titles = (list: Awaited<ReturnType<typeof mine>>) => list.items.map((thread) => thread.root.body);
    const first = await mine(stack.ben, 'all', { limit: 2 });
    expect(titles(first)).toEqual(['root 2', 'root 1']);
    expect(titles(await mine(stack.ben, 'all', { limit: 2, cursor: first.nextCursor }))).toEqual(['root 0']);
    expect((await mine(stack.ben, 'following')).items).toEqual([]);
    stack.room = rooms[0]!;
    await follow(stack.ben, roots[0]!.messageId);
    expect((await mine(stack.ben, 'unread')).items).toEqual([]);
    await reply(stack.ann, roots[0]!.messageId);
    expect((await mine(stack.ben, 'unread')).items).toMatchObject([{ root: { id: roots[0]!.messageId }, unread: 1, following: true }]);
    expect((await mine(stack.ann, 'following')).items).toHaveLength(3);
    expect((await mine(stack.eve, 'all')).items).toEqual([]);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    expect(titles(await mine(stack.ben, 'all'))).toEqual(['root 2', 'root 1']);
    expect((await mine(stack.ben, 'following')).items).toEqual([]);
    expect(await stack.bus.refusal(messages.myThreads, { cursor: 'yesterday' }, stack.ben.id)).toBe('validation_failed');
  });

  it('shows nobody a thread from before they came where the past is hidden', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    const root = await stack.send(stack.ann, 'secret');
    await reply(stack.ben, root.messageId);
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    await reply(stack.ben, root.messageId, `@${stack.eve.username}`);
    for (const filter of ['all', 'following', 'unread'] as const) expect((await mine(stack.eve, filter)).items).toEqual([]);
  });
});
