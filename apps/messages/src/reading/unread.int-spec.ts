import { messages } from '@atrium/contracts';
import { aPerson, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { UnreadModel, type Said } from '../../test/unread-model.ts';

const OPERATIONS = 250;
const WITHIN_MS = 120_000;

/** Numbers that look random and are the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 16_807) % 2_147_483_647) % below;
}

describe('what is unread', () => {
  const stack = new MessagesStack();

  /** One room, three people, and a model that counts everything anew. */
  class Conversation {
    readonly people: Person[];
    readonly model: UnreadModel;
    head = 0;

    constructor(
      people: Person[],
      joinedSeq: ReadonlyMap<string, number>,
      private readonly random: (below: number) => number,
    ) {
      this.people = people;
      this.model = new UnreadModel(joinedSeq);
      this.head = Math.max(...joinedSeq.values());
    }

    pick<T>(from: readonly T[]): T {
      return from[this.random(from.length)]!;
    }

    /** One thing that somebody does. */
    async step(): Promise<void> {
      const person = this.pick(this.people);
      const alive = this.model.said.filter(({ deleted }) => !deleted);
      const kind = this.random(alive.length === 0 ? 1 : 12);
      if (kind < 3) return this.say(person, null);
      const message = this.pick(alive);
      if (kind < 5) return this.say(person, message.rootId ?? message.id);
      if (kind === 5) return this.edit(message);
      if (kind === 6) return this.remove(message);
      if (kind === 7) return this.react(person, message);
      if (kind === 8) return this.mark(person, message.seq);
      if (kind === 9) return this.mark(person, message.seq, { unread: true });
      const rootId = message.rootId ?? message.id;
      if (kind === 10) return this.mark(person, this.head, { threadId: rootId });
      const following = this.random(2) === 0;
      await stack.bus.call(messages.follow, { roomId: stack.room.id, messageId: message.id, following }, person.id);
      this.model.setFollowing(rootId, person.id, following, this.head);
    }

    private async say(author: Person, rootId: string | null): Promise<void> {
      const named = this.random(3) === 0 ? [this.pick(this.people)] : [];
      const body = `hello ${named.map(({ username }) => `@${username}`).join(' ')}`;
      const { messageId: id, seq } = await stack.send(author, body, rootId === null ? {} : { parentId: rootId });
      this.head = seq;
      this.model.say({ id, seq, authorId: author.id, rootId, named: named.map((one) => one.id), deleted: false });
    }

    private async edit(message: Said): Promise<void> {
      const named = this.random(2) === 0 ? [this.pick(this.people)] : [];
      const body = `edited ${this.head} ${named.map(({ username }) => `@${username}`).join(' ')}`;
      await stack.bus.call(messages.edit, { roomId: stack.room.id, messageId: message.id, body }, message.authorId);
      this.head += 1;
      this.model.edit(
        message,
        named.map(({ id }) => id),
      );
    }

    private async remove(message: Said): Promise<void> {
      await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: message.id }, message.authorId);
      this.head += 1;
      message.deleted = true;
    }

    private async react(person: Person, { id: messageId }: Said): Promise<void> {
      const before = await stack.bus.call(messages.heads, { roomIds: [stack.room.id] });
      await stack.bus.call(messages.react, { roomId: stack.room.id, messageId, emoji: this.pick(['👍', '🎉']) }, person.id);
      const after = await stack.bus.call(messages.heads, { roomIds: [stack.room.id] });
      this.head += after.heads[stack.room.id]! - before.heads[stack.room.id]!;
    }

    private async mark(person: Person, seq: number, more: { unread?: true; threadId?: string } = {}): Promise<void> {
      await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq, ...more }, person.id);
      if (more.threadId !== undefined) this.model.readThread(more.threadId, person.id, seq);
      else if (more.unread) this.model.unread(person.id, seq);
      else this.model.read(person.id, seq);
    }
  }

  const countsOf = async (person: Person) => {
    const { readSeq, unread, mentions, threadUnread } = (await stack.bus.call(messages.activity, { roomIds: [stack.room.id] }, person.id))
      .items[0]!.me!;
    return { readSeq, unread, mentions, threadUnread };
  };

  it.each([1, 7])(
    'is what counting everything anew finds, after each of many random acts (seed %d)',
    async (seed) => {
      const cat = aPerson();
      await stack.settle(stack.rooms.join(stack.room, cat));
      const people = [stack.ann, stack.ben, cat];
      const joinedSeq = new Map(people.map((person, index) => [person.id, index + 1]));
      const conversation = new Conversation(people, joinedSeq, randomNumbers(seed * 7919));
      for (let done = 0; done < OPERATIONS; done++) {
        await conversation.step();
        for (const person of people) expect(await countsOf(person)).toEqual(conversation.model.countsOf(person.id));
      }
    },
    WITHIN_MS,
  );

  it('is never less because somebody marked as unread what is unread already', async () => {
    const first = await stack.send(stack.ann, 'one');
    const second = await stack.send(stack.ann, 'two');
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: first.seq - 1, unread: true }, stack.ben.id);
    const marked = await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: second.seq, unread: true }, stack.ben.id);
    expect(marked).toMatchObject({ unread: 2 });
  });
});
