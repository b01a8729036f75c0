import { AppError, messages, type InputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aPerson } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('messages, for admins,', () => {
  const stack = new MessagesStack();
  const root = aPerson('root').id;
  const asRoot = { actorId: root, actorRole: 'admin' as const };

  const call = <R extends (typeof messages)[keyof typeof messages]>(rpc: R, input: InputOf<R>) => stack.bus.rpc.call(rpc, input, asRoot);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => AppError.from(error).code,
    );
  const list = (input: InputOf<typeof messages.adminMessages> = {}) => call(messages.adminMessages, { roomId: stack.room.id, ...input });
  const remove = (messageId: string, reason = 'spam') => call(messages.adminRemoveMessage, { messageId, reason });
  const read = (messageId: string, reason = 'a complaint') => call(messages.adminDeletedMessage, { messageId, reason });
  const told = async () => (await stack.bus.call(messages.events, { roomId: stack.room.id }, stack.ann.id)).items;
  const audit = async (action: string) =>
    (await call(messages.adminAudit, { action, roomId: stack.room.id })).items.map(({ actorId, targetId, reason }) => ({
      actorId,
      targetId,
      reason,
    }));

  it.each([
    ['adminMessages', {}],
    ['adminRemoveMessage', { messageId: uuidv7(), reason: 'x' }],
    ['adminDeletedMessage', { messageId: uuidv7(), reason: 'x' }],
    ['adminAudit', {}],
    ['adminStats', { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', stepSeconds: 3600 }],
  ] as const)('are not there for who is no admin: %s', async (name, input) => {
    expect(await stack.bus.refusal(messages[name], input, stack.ann.id)).toBe('not_found');
  });

  it('are listed by room, author, time and whether they are deleted, newest first, page by page', async () => {
    const [one, two, three] = [
      await stack.send(stack.ann, 'one'),
      await stack.send(stack.ben, 'two'),
      await stack.send(stack.ann, 'three'),
    ];
    const ids = async (input: InputOf<typeof messages.adminMessages>) => (await list(input)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([three, two, one].map(({ messageId }) => messageId));
    expect(await ids({ authorId: stack.ben.id })).toEqual([two.messageId]);
    expect((await call(messages.adminMessages, { authorId: stack.ann.id })).items.map(({ id }) => id)).toEqual([
      three.messageId,
      one.messageId,
    ]);
    expect(await ids({ to: one.createdAt })).toEqual([]);
    expect(await ids({ from: three.createdAt })).toContain(three.messageId);
    const first = await list({ limit: 2 });
    expect(await ids({ limit: 2, cursor: first.nextCursor! })).toEqual([one.messageId]);
    await remove(two.messageId);
    expect(await ids({ deleted: true })).toEqual([two.messageId]);
    expect(await ids({ deleted: 'false' })).toEqual([three.messageId, one.messageId]);
    expect(await codeOf(list({ cursor: 'nonsense' }))).toBe('validation_failed');
  });

  it('do not show what is said among others, until the room is told why; which it is once, however many pages are read', async () => {
    const { messageId } = await stack.send(stack.ann, 'a secret harbour');
    expect((await list()).items).toMatchObject([{ id: messageId, body: null }]);
    expect(await told()).not.toContainEqual(expect.objectContaining({ type: 'messages.inspected' }));
    expect((await list({ reason: 'a complaint' })).items).toMatchObject([{ id: messageId, body: 'a secret harbour' }]);
    await list({ reason: 'a complaint' });
    const entries = (await told()).filter(({ type }) => type === 'messages.inspected');
    expect(entries).toMatchObject([{ actorId: root, reason: 'a complaint' }]);
    expect(await audit('messages.read')).toEqual([{ actorId: root, targetId: null, reason: 'a complaint' }]);
  });

  it('are found by their words, which are written down where they are looked for among others without a reason', async () => {
    const { messageId } = await stack.send(stack.ann, 'the boiler is inspected');
    await stack.send(stack.ann, 'nothing of the kind');
    await waitFor(async () => (await list({ query: 'boiler' })).items.length > 0, { what: 'the index to follow the log' });
    expect((await list({ query: 'boil' })).items).toMatchObject([{ id: messageId, body: null }]);
    const { items } = await call(messages.adminAudit, { action: 'messages.searched', actorId: root });
    expect(items[0]).toMatchObject({ details: { query: 'boil', rooms: [stack.room.id] } });
    expect((await list({ query: '%' })).items).toEqual([]);
  });

  it('are deleted with a reason that the room reads and the log keeps, once', async () => {
    const { messageId, seq } = await stack.send(stack.ben, 'buy now');
    expect(await codeOf(remove(messageId, ''))).toBe('validation_failed');
    expect(await remove(messageId)).toEqual({ roomId: stack.room.id, fileIds: [] });
    await remove(messageId, 'again');
    const deletions = (await told()).filter(({ type }) => type === 'message.deleted');
    expect(deletions).toMatchObject([{ messageId, by: root, reason: 'spam', messageSeq: seq }]);
    expect(await audit('message.deleted')).toEqual([{ actorId: root, targetId: messageId, reason: 'spam' }]);
    expect(await codeOf(remove(uuidv7()))).toBe('message_not_found');
  });

  it('can be read for thirty days after they were deleted, and every time the room is told by whom and why', async () => {
    const { messageId } = await stack.send(stack.ben, 'buy now');
    expect(await codeOf(read(messageId))).toBe('message_not_found');
    await remove(messageId);
    expect(await codeOf(read(messageId, ' '))).toBe('validation_failed');
    expect(await read(messageId)).toMatchObject({ body: 'buy now', authorId: stack.ben.id, deletedBy: root, reason: 'spam' });
    await read(messageId);
    const entries = (await told()).filter(({ type }) => type === 'messages.inspected');
    expect(entries).toMatchObject([
      { messageId, actorId: root, reason: 'a complaint' },
      { messageId, actorId: root, reason: 'a complaint' },
    ]);
    expect(await audit('message.deleted_read')).toHaveLength(2);
    await stack.database.query(`update messages.deleted_messages set deleted_at = now() - interval '31 days' where message_id = $1`, [
      messageId,
    ]);
    expect(await codeOf(read(messageId))).toBe('message_not_found');
  });

  it('leave what moderators delete of others in the log that moderators read, and nobody else', async () => {
    const { messageId } = await stack.send(stack.ben, 'shouting');
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId, reason: 'calm down' }, stack.ann.id);
    const own = await stack.send(stack.ann, 'a slip');
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: own.messageId }, stack.ann.id);
    const { items } = await stack.bus.call(messages.roomAudit, { roomId: stack.room.id }, stack.ann.id);
    expect(items).toMatchObject([{ action: 'message.deleted', actorId: stack.ann.id, targetId: messageId, reason: 'calm down' }]);
    expect(await stack.bus.refusal(messages.roomAudit, { roomId: stack.room.id }, stack.ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(messages.roomAudit, { roomId: stack.room.id }, stack.eve.id)).toBe('not_a_member');
  });

  it('are counted over time', async () => {
    await stack.send(stack.ann, 'one');
    const now = Date.now();
    const range = { from: new Date(now - 60_000).toISOString(), to: new Date(now + 60_000).toISOString(), stepSeconds: 60 };
    const { series } = await call(messages.adminStats, range);
    const sum = series.find(({ name }) => name === 'messages')!.points.reduce((all, { value }) => all + value, 0);
    expect(sum).toBeGreaterThan(0);
  });
});
