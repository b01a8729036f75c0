import { messages } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { aPerson, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('reactions', () => {
  const stack = new MessagesStack();

  let messageId: string;
  let seq: number;
  beforeEach(async () => ({ messageId, seq } = await stack.send(stack.ann, 'a thought')));

  const about = (emoji: string) => ({ roomId: stack.room.id, messageId, emoji });
  const react = (person: Person, emoji: string) => stack.bus.call(messages.react, about(emoji), person.id);
  const unreact = (person: Person, emoji: string) => stack.bus.call(messages.unreact, about(emoji), person.id);
  const refusal = (person: Person, emoji: string) => stack.bus.refusal(messages.react, about(emoji), person.id);
  const shownTo = async (person: Person) =>
    (await stack.bus.call(messages.page, { roomId: stack.room.id }, person.id)).items.find(({ id }) => id === messageId)!.reactions;
  const entries = async () => (await stack.allEntries(stack.ann)).filter((entry) => entry.seq > seq);
  const joined = async (count: number): Promise<Person[]> => {
    const people = Array.from({ length: count }, () => aPerson());
    for (const person of people) await stack.settle(stack.rooms.join(stack.room, person));
    return people;
  };

  it('are counted once for each person and emoji, in the order in which they came, and told once', async () => {
    await react(stack.ben, '🎉');
    await react(stack.ben, '👍');
    await react(stack.ben, '🎉');
    expect(await react(stack.ann, '🎉')).toMatchObject({
      reactions: [
        { emoji: '🎉', count: 2, userIds: [stack.ben.id, stack.ann.id], mine: true },
        { emoji: '👍', count: 1, userIds: [stack.ben.id], mine: false },
      ],
    });
    await unreact(stack.ben, '🎉');
    await unreact(stack.ben, '🎉');
    expect(await shownTo(stack.ben)).toEqual([
      { emoji: '🎉', count: 1, userIds: [stack.ann.id], mine: false },
      { emoji: '👍', count: 1, userIds: [stack.ben.id], mine: true },
    ]);
    const told = (await entries()).map(({ seq: _seq, at: _at, actorId: _actor, ...entry }) => entry);
    const [ann, ben] = [stack.ann.id, stack.ben.id];
    expect(told).toEqual([
      { type: 'reaction.added', messageId, emoji: '🎉', userId: ben, count: 1, userIds: [ben] },
      { type: 'reaction.added', messageId, emoji: '👍', userId: ben, count: 1, userIds: [ben] },
      { type: 'reaction.added', messageId, emoji: '🎉', userId: ann, count: 2, userIds: [ben, ann] },
      { type: 'reaction.removed', messageId, emoji: '🎉', userId: ben, count: 1, userIds: [ann] },
    ]);
  });

  it('are the same emoji however a keyboard writes it, and nothing but one emoji', async () => {
    await react(stack.ben, '❤');
    await react(stack.ann, '❤️');
    expect(await shownTo(stack.ann)).toMatchObject([{ emoji: '❤️', count: 2 }]);
    for (const other of ['x', ':tada:', '👍👍', '']) expect(await refusal(stack.ben, other)).toBe('validation_failed');
  });

  it('are refused to who is not in the room, and on what is not there or deleted', async () => {
    expect(await refusal(stack.eve, '👍')).toBe('not_a_member');
    expect(await stack.bus.refusal(messages.react, { ...about('👍'), messageId: uuidv7() }, stack.ben.id)).toBe('message_not_found');
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId }, stack.ann.id);
    expect(await refusal(stack.ben, '👍')).toBe('message_not_found');
  });

  it('are of at most fifty kinds, any of which others may join', async () => {
    const kinds = Array.from({ length: 50 }, (_, i) => String.fromCodePoint(0x1f400 + (i < 62 ? i : 0)));
    for (const emoji of kinds) await react(stack.ben, emoji);
    expect(await refusal(stack.ben, '👍')).toBe('too_many_reactions');
    expect((await react(stack.ann, kinds[49]!)).reactions.at(-1)).toMatchObject({ count: 2 });
    await unreact(stack.ben, kinds[0]!);
    expect((await react(stack.ben, '👍')).reactions).toHaveLength(50);
  });

  it('name the first twenty of many, and list all', async () => {
    const people = await joined(23);
    for (const person of people) await react(person, '👍');
    const ids = people.map(({ id }) => id);
    expect(await shownTo(stack.ann)).toEqual([{ emoji: '👍', count: 23, userIds: ids.slice(0, 20), mine: false }]);
    await unreact(people[0]!, '👍');
    expect(await shownTo(people[22]!)).toEqual([{ emoji: '👍', count: 22, userIds: ids.slice(1, 21), mine: true }]);
    await react(stack.ben, '🎉');
    const list = (more: object) => stack.bus.call(messages.reactions, { roomId: stack.room.id, messageId, ...more }, stack.ann.id);
    const first = await list({ emoji: '👍', limit: 20 });
    const rest = await list({ emoji: '👍', limit: 20, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ userId }) => userId)).toEqual(ids.slice(1));
    expect(rest.nextCursor).toBeNull();
    expect((await list({})).items).toHaveLength(23);
    expect(await stack.bus.refusal(messages.reactions, { roomId: stack.room.id, messageId, cursor: 'x' }, stack.ann.id)).toBe(
      'validation_failed',
    );
    expect(await stack.bus.refusal(messages.reactions, { roomId: stack.room.id, messageId }, stack.eve.id)).toBe('not_a_member');
  });

  it('of many people at once are all counted', async () => {
    const people = [stack.ann, stack.ben, ...(await joined(6))];
    await Promise.all(people.flatMap((person) => ['👍', '🎉'].map((emoji) => react(person, emoji))));
    expect(await shownTo(stack.ann)).toMatchObject([{ count: 8 }, { count: 8 }]);
    await Promise.all(people.flatMap((person) => ['👍', '🎉'].map((emoji) => unreact(person, emoji))));
    expect(await shownTo(stack.ann)).toEqual([]);
  });

  it('never make anything unread', async () => {
    const reading = async () => (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, stack.ben.id)).items[0]!.me;
    const before = await reading();
    await react(stack.ann, '👍');
    expect(await reading()).toEqual(before);
  });
});
