import { decodeTimeline, messages, roomEvents, timelineSubject } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('the facts of a room', () => {
  const stack = new MessagesStack();

  it('takes the facts of a room in their order, however late one arrives, and each once', async () => {
    const joined = stack.rooms.joined(stack.room, stack.eve);
    const joinedId = stack.rooms.facts.keep('memberJoined', joined);
    await stack.settle(stack.rooms.remove(stack.room, stack.eve, 'kicked'));
    await stack.bus.tell(roomEvents.memberJoined, joined, joinedId);
    await stack.settle(stack.rooms.update(stack.room, { topic: 'after' }));
    expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.eve.id)).toBe('not_a_member');
    expect((await stack.allEntries(stack.ann)).slice(2).map(({ type }) => type)).toEqual([
      'member.joined',
      'member.kicked',
      'room.updated',
    ]);
  });

  it('takes in a removal of which it never heard', async () => {
    const removed = stack.rooms.removed(stack.room, stack.ben, 'kicked');
    stack.rooms.facts.keep('memberRemoved', removed);
    const late = await stack.startAnother();
    await waitFor(async () => (await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.ben.id)) === 'not_a_member', {
      what: 'the removal to be known',
    });
    expect((await stack.allEntries(stack.ann)).at(-1)).toMatchObject({ type: 'member.kicked', userId: stack.ben.id });
    await late.close();
  });

  it('keeps an archived room closed when older news of it arrives', async () => {
    const at = new Date().toISOString();
    const older = {
      roomId: stack.room.id,
      version: stack.rooms.next(stack.room.id),
      at,
      actorId: null,
      room: { ...stack.room },
      changed: ['topic'],
    };
    const olderId = stack.rooms.facts.keep('roomUpdated', older);
    const archived = { roomId: stack.room.id, version: stack.rooms.next(stack.room.id), at, actorId: null, archivedAt: at };
    await stack.settle(stack.rooms.facts.tell('roomArchived', archived));
    await stack.bus.tell(roomEvents.roomUpdated, older, olderId);
    await stack.settle(stack.rooms.update(stack.room, { archivedAt: at }));
    expect(await stack.refusalOfSend(stack.ann, 'anyone?')).toBe('room_archived');
  });

  it('reads a removal as the last entry of whoever was removed', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    await waitFor(() => heard.length > 0, { what: 'the removal' });
    expect(heard[0]!.header.removed).toEqual([{ userId: stack.ben.id, seq: 3 }]);
  });

  it('takes a redelivered fact once', async () => {
    const payload = {
      roomId: stack.room.id,
      version: stack.rooms.next(stack.room.id),
      at: new Date().toISOString(),
      actorId: stack.ann.id,
      enabled: false,
    };
    const eventId = await stack.bus.tell(roomEvents.botToggled, payload);
    await stack.bus.call(messages.settle, { eventId });
    await stack.bus.redeliver(roomEvents.botToggled, payload, eventId);
    await stack.settle(stack.rooms.update(stack.room, { topic: 'after' }));
    expect((await stack.allEntries(stack.ann)).filter((entry) => entry.type === 'bot.toggled')).toHaveLength(1);
  });
});
