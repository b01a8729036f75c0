import { messages, rooms, type InputOf, type OutputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import type { Person } from './builders.ts';
import type { MessagesStack } from './messages-stack.ts';

type Query = InputOf<typeof messages.notifications>;

/** What people are told of, and what they want to be told of, in the room of a stack. */
export class Notices {
  /** Who is online, as rooms would say. */
  readonly online = new Set<string>();

  constructor(private readonly stack: MessagesStack) {}

  /** Once the stack runs. */
  begin(): void {
    this.stack.bus.answer(rooms.onlineMembers, () => ({ userIds: [...this.online] }));
  }

  list(person: Person, query: Query = {}): Promise<OutputOf<typeof messages.notifications>> {
    return this.stack.bus.call(messages.notifications, query, person.id);
  }

  async told(person: Person, query: Query = {}) {
    return (await this.list(person, query)).items;
  }

  async reasonsOf(person: Person) {
    return (await this.told(person)).map(({ reasons }) => [...reasons].sort());
  }

  focus(person: Person, roomIds: string[], gatewayId = uuidv7()) {
    return this.stack.bus.call(messages.reportPages, { gatewayId, users: [{ userId: person.id, open: true, roomIds }] });
  }

  level(person: Person, wish: Omit<InputOf<typeof messages.setNotify>, 'roomId'>) {
    return this.stack.bus.call(messages.setNotify, { roomId: this.stack.room.id, ...wish }, person.id);
  }

  prefer(person: Person, wish: InputOf<typeof messages.setPreferences>) {
    return this.stack.bus.call(messages.setPreferences, wish, person.id);
  }

  async join(...people: Person[]): Promise<void> {
    for (const person of people) await this.stack.settle(this.stack.rooms.join(this.stack.room, person));
  }
}
