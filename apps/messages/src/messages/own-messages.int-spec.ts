import { messages, type OwnMessage } from '@atrium/contracts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { aRoomState, type Person } from '../../test/builders.ts';

describe('what somebody wrote', () => {
  const stack = new MessagesStack();

  const all = async (person: Person, limit = 2): Promise<OwnMessage[]> => {
    const items: OwnMessage[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.bus.call(messages.written, { limit, cursor }, person.id);
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  };

  it('is given to them alone, page by page and room by room, with threads and without what was deleted', async () => {
    const root = await stack.send(stack.ben, 'of somebody else');
    for (const body of ['one', 'two', 'three']) await stack.send(stack.ann, body);
    const reply = await stack.send(stack.ann, 'a reply', { parentId: root.messageId });
    const gone = await stack.send(stack.ann, 'deleted');
    await stack.database.query(`update messages.messages set deleted_at = now() where id = '${gone.messageId}'`);
    const other = aRoomState();
    await stack.settle(stack.rooms.join(other, stack.ann, 'host'));
    await stack.bus.call(messages.send, { roomId: other.id, body: 'in another room' }, stack.ann.id);
    const found = await all(stack.ann);
    expect(found.filter(({ roomId }) => roomId === stack.room.id).map(({ body }) => body)).toEqual(['one', 'two', 'three', 'a reply']);
    expect(found.find(({ id }) => id === reply.messageId)).toMatchObject({ parentId: root.messageId, fileIds: [], editedAt: null });
    expect(found.filter(({ roomId }) => roomId === other.id).map(({ body }) => body)).toEqual(['in another room']);
    expect(await all(stack.eve)).toEqual([]);
  });

  it('stays theirs in a room that they have left', async () => {
    await stack.send(stack.ben, 'before I go');
    await stack.database.query(`update messages.access set removed_at = now() where user_id = '${stack.ben.id}'`);
    expect((await all(stack.ben)).map(({ body }) => body)).toContain('before I go');
  });

  it.each(['nonsense', '01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-000000000000:x', 'a:1'])(
    'is not given after a cursor that it did not give out: %s',
    async (cursor) => {
      expect(await stack.bus.refusal(messages.written, { cursor }, stack.ann.id)).toBe('validation_failed');
    },
  );

  it('is given to nobody who does not say who they are', async () => {
    expect(await stack.bus.refusal(messages.written, {})).toBe('unauthenticated');
  });
});
