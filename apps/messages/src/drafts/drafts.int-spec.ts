import { messageSignals, messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('what somebody has written and not sent', () => {
  const stack = new MessagesStack();

  const keep = (person: Person, body: string, more: object = {}) =>
    stack.bus.call(messages.keepDraft, { roomId: stack.room.id, body, ...more }, person.id);
  const list = async (person: Person) => (await stack.bus.call(messages.drafts, {}, person.id)).items;

  it('is kept for a room and each thread, for its writer alone, and told to their devices', async () => {
    const heard = await stack.bus.hear(messageSignals.drafted);
    const { messageId } = await stack.send(stack.ben, 'root');
    const draft = await keep(stack.ann, ' to all ');
    const reply = await keep(stack.ann, 'to one', { parentId: messageId });
    expect(draft).toMatchObject({ roomId: stack.room.id, body: ' to all ', version: 1 });
    expect(await list(stack.ann)).toEqual([reply, draft]);
    expect(await list(stack.ben)).toEqual([]);
    await waitFor(() => heard.length === 2, { what: 'the signals' });
    expect(heard).toEqual([
      { userId: stack.ann.id, ...draft },
      { userId: stack.ann.id, ...reply },
    ]);
  });

  it('is forgotten once it is empty, and goes on counting its versions', async () => {
    await keep(stack.ann, 'one');
    expect(await keep(stack.ann, ' \n')).toMatchObject({ body: '', version: 2 });
    expect(await list(stack.ann)).toEqual([]);
    expect(await keep(stack.ann, 'two', { ifVersion: 0 })).toMatchObject({ body: 'two', version: 3 });
  });

  it('is not written over by a device that did not know of it', async () => {
    const first = await keep(stack.ann, 'from the desk', { ifVersion: 0 });
    expect(await stack.bus.refusal(messages.keepDraft, { roomId: stack.room.id, body: 'from the phone', ifVersion: 0 }, stack.ann.id)).toBe(
      'stale_version',
    );
    expect(await keep(stack.ann, 'from the desk', { ifVersion: 0 })).toMatchObject({ version: first.version });
    expect(await keep(stack.ann, 'from both', { ifVersion: first.version })).toMatchObject({ version: first.version + 1 });
    expect(await keep(stack.ann, 'whatever')).toMatchObject({ body: 'whatever' });
  });

  it('is refused where one is not, and hidden in rooms one has left', async () => {
    const draft = { roomId: stack.room.id, body: 'hello' };
    expect(await stack.bus.refusal(messages.keepDraft, draft, stack.eve.id)).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.keepDraft, { ...draft, roomId: uuidv7() }, stack.ann.id)).toBe('room_not_found');
    await keep(stack.ben, 'unsaid');
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    expect(await list(stack.ben)).toEqual([]);
  });
});
