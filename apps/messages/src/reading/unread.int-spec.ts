import { messages } from '@atrium/contracts';
import { aPerson, aRoomState, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { Seeded } from '../../test/seeded.ts';
import { UnreadModel, type Said } from '../../test/unread-model.ts';

const CONVERSATIONS = 10;
const OPERATIONS = 1000;
const COUNT_EVERY = 25;
/** Well under a minute where nothing else runs. */
const WITHIN_MS = 300_000;

describe('what is unread', () => {
  /** One instance: a call that is repeated at another because this one is slow would come after what follows it. */
  const stack = new MessagesStack(1);

  /** One room, three people who come and go, and a model that counts everything anew. */
  class Conversation {
    private readonly room = aRoomState();
    private readonly people: Person[] = [aPerson(), aPerson(), aPerson()];
    private readonly inside = new Set<Person>();
    private readonly model = new UnreadModel();
    private head = 0;

    constructor(private readonly random: Seeded) {}

    async open(): Promise<void> {
      for (const person of this.people) await this.come(person);
    }

    /** One thing that somebody in the room does, or who comes and goes. */
    async step(): Promise<void> {
      if (this.random.oneIn(60)) return this.goOrCome();
      const person = this.random.pick([...this.inside]);
      const alive = this.model.said.filter(({ deleted }) => !deleted);
      const kind = this.random.below(alive.length === 0 ? 1 : 12);
      if (kind < 3) return this.say(person, null);
      const message = this.random.pick(alive);
      const rootId = message.rootId ?? message.id;
      if (kind < 5) return this.model.root(rootId).deleted ? this.say(person, null) : this.say(person, rootId);
      if (kind === 5) return this.edit(message);
      if (kind === 6) return this.remove(message);
      if (kind === 7) return this.react(person, message);
      if (kind === 8) return this.mark(person, message.seq);
      if (kind === 9) return this.mark(person, message.seq, { unread: true });
      if (kind === 10) return this.mark(person, this.head, { threadId: rootId });
      const following = this.random.oneIn(2);
      await stack.callInside(messages.follow, { roomId: this.room.id, messageId: message.id, following }, person.id);
      this.model.setFollowing(rootId, person.id, following, this.head);
    }

    /** How everybody stands, by the service and by the model. */
    async check(): Promise<void> {
      for (const person of this.inside) {
        const { items } = await stack.callInside(messages.activity, { roomIds: [this.room.id] }, person.id);
        const { readSeq, unread, mentions, threadUnread } = items[0]!.me!;
        expect({ readSeq, unread, mentions, threadUnread }).toEqual(this.model.countsOf(person.id));
      }
    }

    private async goOrCome(): Promise<void> {
      const person = this.random.pick(this.people.slice(1));
      if (!this.inside.has(person)) return this.come(person);
      await stack.settle(stack.rooms.remove(this.room, person));
      this.inside.delete(person);
      this.head += 1;
    }

    private async come(person: Person): Promise<void> {
      await stack.settle(stack.rooms.join(this.room, person, person === this.people[0] ? 'host' : 'member'));
      this.inside.add(person);
      this.model.join(person.id, (this.head += 1));
    }

    private async say(author: Person, rootId: string | null): Promise<void> {
      const named = this.random.oneIn(3) ? [this.random.pick([...this.inside])] : [];
      const body = `hello ${named.map(({ username }) => `@${username}`).join(' ')}`;
      const alsoInRoom = rootId !== null && this.random.oneIn(3);
      const more = { roomId: this.room.id, body, ...(rootId !== null && { parentId: rootId, alsoInRoom }) };
      const { messageId: id, seq } = await stack.callInside(messages.send, more, author.id);
      this.head = seq;
      this.model.say({ id, seq, authorId: author.id, rootId, alsoInRoom, named: named.map((one) => one.id), deleted: false });
    }

    private async edit(message: Said): Promise<void> {
      if (!this.isInside(message.authorId)) return;
      const named = this.random.oneIn(2) ? [this.random.pick([...this.inside])] : [];
      const body = `edited ${this.head} ${named.map(({ username }) => `@${username}`).join(' ')}`;
      await stack.callInside(messages.edit, { roomId: this.room.id, messageId: message.id, body }, message.authorId);
      this.head += 1;
      this.model.edit(
        message,
        named.map(({ id }) => id),
      );
    }

    private async remove(message: Said): Promise<void> {
      if (!this.isInside(message.authorId)) return;
      await stack.callInside(messages.remove, { roomId: this.room.id, messageId: message.id }, message.authorId);
      this.head += 1;
      message.deleted = true;
    }

    private async react(person: Person, { id: messageId }: Said): Promise<void> {
      await stack.callInside(messages.react, { roomId: this.room.id, messageId, emoji: this.random.pick(['👍', '🎉']) }, person.id);
      const { heads } = await stack.callInside(messages.heads, { roomIds: [this.room.id] });
      this.head = heads[this.room.id]!;
    }

    private async mark(person: Person, seq: number, more: { unread?: true; threadId?: string } = {}): Promise<void> {
      await stack.callInside(messages.markRead, { roomId: this.room.id, seq, ...more }, person.id);
      if (more.threadId !== undefined) this.model.readThread(more.threadId, person.id, seq);
      else if (more.unread) this.model.unread(person.id, seq);
      else this.model.read(person.id, seq);
    }

    private isInside = (userId: string): boolean => [...this.inside].some(({ id }) => id === userId);
  }

  it(
    'is what counting everything anew finds, among ten thousand random acts',
    async () => {
      const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => new Conversation(new Seeded(index + 1)));
      await Promise.all(
        conversations.map(async (conversation) => {
          await conversation.open();
          for (let done = 1; done <= OPERATIONS; done++) {
            await conversation.step();
            if (done % COUNT_EVERY === 0) await conversation.check();
          }
        }),
      );
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
