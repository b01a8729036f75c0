import { messageSignals, messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('messages kept for later', () => {
  const stack = new MessagesStack();

  const save = (person: Person, messageId: string) => stack.bus.call(messages.save, { messageId }, person.id);
  const list = async (person: Person, more: object = {}) => stack.bus.call(messages.saved, more, person.id);
  const bodies = async (person: Person) => (await list(person)).items.map(({ message }) => message.body);

  it('are listed to their reader alone, those kept last first, and told to all of their devices', async () => {
    const heard = await stack.bus.hear(messageSignals.saved);
    const [one, two] = [await stack.send(stack.ann, 'one'), await stack.send(stack.ann, 'two')];
    await save(stack.ben, two.messageId);
    const first = await save(stack.ben, one.messageId);
    expect(await save(stack.ben, one.messageId)).toEqual(first);
    expect(await bodies(stack.ben)).toEqual(['one', 'two']);
    expect(await bodies(stack.ann)).toEqual([]);
    const page = await list(stack.ben, { limit: 1 });
    expect((await list(stack.ben, { limit: 1, cursor: page.nextCursor })).items).toMatchObject([{ message: { body: 'two' } }]);
    await stack.bus.call(messages.unsave, { messageId: one.messageId }, stack.ben.id);
    await stack.bus.call(messages.unsave, { messageId: one.messageId }, stack.ben.id);
    expect(await bodies(stack.ben)).toEqual(['two']);
    const told = { userId: stack.ben.id, roomId: stack.room.id, messageId: one.messageId };
    await waitFor(() => heard.length === 4, { what: 'the signals' });
    expect(heard.at(-1)).toEqual({ ...told, saved: false });
    expect(heard.at(1)).toEqual({ ...told, saved: true });
  });

  it('cannot be what somebody does not see, and are shown only as long as they are seen', async () => {
    const { messageId } = await stack.send(stack.ann, 'here');
    expect(await stack.bus.refusal(messages.save, { messageId }, stack.eve.id)).toBe('message_not_found');
    expect(await stack.bus.refusal(messages.save, { messageId: uuidv7() }, stack.ben.id)).toBe('message_not_found');
    await save(stack.ben, messageId);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    expect(await bodies(stack.ben)).toEqual([]);
    await stack.settle(stack.rooms.join(stack.room, stack.ben));
    expect(await bodies(stack.ben)).toEqual(['here']);
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId }, stack.ann.id);
    expect(await bodies(stack.ben)).toEqual([]);
    expect(await stack.bus.refusal(messages.save, { messageId }, stack.ben.id)).toBe('message_not_found');
  });
});
