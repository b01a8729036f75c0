import { messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { MessagesStack } from '../../test/messages-stack.ts';
import type { Person } from '../../test/builders.ts';

describe('In a room with slow mode', () => {
  const stack = new MessagesStack();
  const turn = (person: Person, turnId: string) =>
    stack.bus.call(messages.takeTurn, { roomId: stack.room.id, turnId }, person.id).then(
      () => 'taken',
      (error: { code: string; data: { retryAfterSeconds?: number } }) => error.code,
    );
  const giveBack = (person: Person, turnId: string) => stack.bus.call(messages.giveTurnBack, { roomId: stack.room.id, turnId }, person.id);

  beforeEach(() => stack.settle(stack.rooms.update(stack.room, { slowModeSeconds: 60 })));

  it('a turn counts as a message of its member, and a message as a turn', async () => {
    expect(await turn(stack.ben, 'a poll')).toBe('taken');
    expect(await stack.refusalOfSend(stack.ben, 'too soon')).toBe('slow_mode');
    expect(await turn(stack.ben, 'another poll')).toBe('slow_mode');
    await giveBack(stack.ben, 'a poll');
    await stack.send(stack.ben, 'first');
    expect(await turn(stack.ben, 'a poll')).toBe('slow_mode');
    const refused = stack.bus.call(messages.takeTurn, { roomId: stack.room.id, turnId: 'x' }, stack.ben.id);
    await expect(refused).rejects.toMatchObject({ code: 'slow_mode', data: { retryAfterSeconds: expect.any(Number) } });
  });

  it('one turn is taken by whoever asks for several at once, and the same again is the same', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => turn(stack.ben, `poll ${index}`)));
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
    const taken = `poll ${outcomes.indexOf('taken')}`;
    expect(await turn(stack.ben, taken)).toBe('taken');
    await giveBack(stack.ben, 'another');
    expect(await turn(stack.ben, 'another')).toBe('slow_mode');
  });

  it('moderators never wait, and whoever is not there is told nothing of it', async () => {
    expect(await turn(stack.ann, 'one')).toBe('taken');
    expect(await turn(stack.ann, 'two')).toBe('taken');
    await stack.send(stack.ann, 'and a message');
    expect(await turn(stack.eve, 'one')).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.takeTurn, { roomId: uuidv7(), turnId: 'one' }, stack.ben.id)).toBe('room_not_found');
  });

  it('a turn that was taken before slow mode was on holds nobody up', async () => {
    await stack.settle(stack.rooms.update(stack.room, { slowModeSeconds: 0 }));
    expect(await turn(stack.ben, 'one')).toBe('taken');
    expect(await turn(stack.ben, 'two')).toBe('taken');
    await stack.send(stack.ben, 'and a message');
  });
});
