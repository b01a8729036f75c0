import { messageSignals, messages, rooms, type NotifyLevel, type OutputOf, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aPerson, aRoomState, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';
import { Seeded } from '../../test/seeded.ts';
import { ToldModel, type Named, type SaidOnce } from '../../test/told-model.ts';

const CONVERSATIONS = 100;
/** The service has so many connections to its database. */
const AT_ONCE = 6;
const EVENTS = 100;
const CHECK_EVERY = 50;
const REPORT_EVERY = 25;
/** Well under a minute where nothing else runs. */
const WITHIN_MS = 600_000;

const LEVELS = ['all', 'mentions', 'nothing'] as const satisfies NotifyLevel[];
const NOBODY: Named = { userIds: [], room: false, here: false, moderators: false };

/** One instance: a call that is repeated at another because this one is slow would come after what follows it. */
const stack = new MessagesStack(1);
const onlineIn = new Map<string, () => string[]>();
let notified: PayloadOf<typeof messageSignals.notified>[];
let called: PayloadOf<typeof messageSignals.roomCalled>[];

beforeAll(async () => {
  stack.bus.answer(rooms.onlineMembers, ({ roomId }) => ({ userIds: onlineIn.get(roomId)!() }));
  notified = await stack.bus.hear(messageSignals.notified);
  called = await stack.bus.hear(messageSignals.roomCalled);
});

/** Four people in a room, three of them in a direct room too, and what each should be told of. */
class Conversation {
  readonly room = aRoomState();
  readonly direct = aRoomState({ kind: 'direct', visibility: 'private' });
  readonly people: Person[] = [aPerson(), aPerson(), aPerson(), aPerson()];
  readonly model = new ToldModel(this.direct.id);
  private readonly gatewayId = uuidv7();
  private edits = 0;
  /** For each person and message, every time that devices were told, and whether quietly. */
  private readonly devices = new Map<string, boolean[]>();
  private readonly calls = new Set<string>();
  private heardNotified = 0;
  private heardCalled = 0;

  constructor(private readonly random: Seeded) {
    for (const { id } of [this.room, this.direct]) onlineIn.set(id, () => this.model.online(id));
  }

  /** All that happens in it, with a look at everybody's list now and then; at the end, what their devices were told. */
  async live(): Promise<void> {
    await this.open();
    for (let done = 1; done <= EVENTS; done++) {
      await this.step();
      if (done % REPORT_EVERY === 0) await this.report(this.people);
      if (done % CHECK_EVERY === 0) await this.check();
    }
    await this.heard();
    const rung = this.standing();
    const keys = new Set(rung.map(([key]) => key));
    expect(new Map([...this.devices].filter(([key]) => keys.has(key)))).toEqual(new Map(rung.map(([key, quiet]) => [key, [quiet]])));
  }

  private async open(): Promise<void> {
    for (const [index, person] of this.people.entries()) {
      await stack.settle(stack.rooms.join(this.room, person, index === 0 ? 'host' : 'member'));
      this.model.join(person.id, this.room.id, index === 0);
      if (index === 3) continue;
      await stack.settle(stack.rooms.join(this.direct, person));
      this.model.join(person.id, this.direct.id);
    }
  }

  /** One thing that somebody does. */
  private async step(): Promise<void> {
    const kind = this.random.below(100);
    if (kind < 40) return this.say();
    if (kind < 55) return this.edit();
    if (kind < 63) return this.react();
    if (kind < 68) return this.remove();
    if (kind < 76) return this.follow();
    if (kind < 82) return this.setLevel();
    if (kind < 86) return this.prefer();
    if (kind < 92) return this.look();
    if (kind < 97) return this.comeOnline();
    if (kind < 99) return this.goOrCome();
    return this.wantQuiet();
  }

  private async look(): Promise<void> {
    const person = this.random.pick(this.people);
    const roomId = this.random.pick([null, null, this.room.id, this.direct.id]);
    this.model.of(person.id).looksAt = roomId;
    await this.report([person]);
  }

  /** As a gateway does on a change, and again and again. */
  private async report(people: readonly Person[]): Promise<void> {
    const users = people.map(({ id }) => {
      const { looksAt } = this.model.of(id);
      return { userId: id, open: true, roomIds: looksAt === null ? [] : [looksAt] };
    });
    await stack.callInside(messages.reportPages, { gatewayId: this.gatewayId, users });
  }

  private async comeOnline(): Promise<void> {
    const standing = this.model.of(this.random.pick(this.people).id);
    standing.online = !standing.online;
  }

  private in(roomId: string): Person[] {
    return this.people.filter(({ id }) => this.model.isIn(id, roomId));
  }

  private async say(): Promise<void> {
    const roomId = this.random.pick([this.room.id, this.room.id, this.direct.id]);
    const author = this.random.pick(this.in(roomId));
    const roots = this.model.said.filter((one) => one.roomId === roomId && one.rootId === null && !one.deleted);
    const rootId = roots.length > 0 && this.random.oneIn(2) ? this.random.pick(roots.slice(-8)).id : null;
    const named = this.someNamed(roomId);
    const place = rootId !== null && { parentId: rootId, alsoInRoom: this.random.oneIn(3) };
    const more = { roomId, body: this.bodyOf(named), ...place };
    const { messageId } = await stack.callInside(messages.send, more, author.id);
    this.model.say({ id: messageId, roomId, authorId: author.id, rootId, named, deleted: false, called: false, reacted: new Set() });
  }

  private async edit(): Promise<void> {
    const message = this.aMessage();
    if (!message || !this.model.isIn(message.authorId, message.roomId)) return this.say();
    const named = this.someNamed(message.roomId);
    const edit = { roomId: message.roomId, messageId: message.id, body: `${this.bodyOf(named)} edited ${(this.edits += 1)}` };
    await stack.callInside(messages.edit, edit, message.authorId);
    this.model.edit(message, named);
  }

  private async react(): Promise<void> {
    const message = this.aMessage();
    if (!message) return this.say();
    const [person, emoji] = [this.random.pick(this.in(message.roomId)), this.random.pick(['👍', '🎉'])];
    await stack.callInside(messages.react, { roomId: message.roomId, messageId: message.id, emoji }, person.id);
    this.model.react(message, person.id, emoji);
  }

  private async remove(): Promise<void> {
    const message = this.aMessage();
    if (!message || !this.model.isIn(message.authorId, message.roomId)) return this.say();
    await stack.callInside(messages.remove, { roomId: message.roomId, messageId: message.id }, message.authorId);
    this.model.remove(message);
  }

  private async follow(): Promise<void> {
    const message = this.aMessage();
    if (!message) return this.say();
    const [person, following] = [this.random.pick(this.in(message.roomId)), this.random.oneIn(2)];
    await stack.callInside(messages.follow, { roomId: message.roomId, messageId: message.id, following }, person.id);
    this.model.follow(message.rootId ?? message.id, person.id, following);
  }

  private async setLevel(): Promise<void> {
    const roomId = this.random.pick([this.room.id, this.direct.id]);
    const [person, level] = [this.random.pick(this.in(roomId)), this.random.pick([...LEVELS, 'default'] as const)];
    const until = this.random.oneIn(2) && level !== 'default' ? { until: new Date(Date.now() + 3_600_000).toISOString() } : {};
    await stack.callInside(messages.setNotify, { roomId, level, ...until }, person.id);
    if (level === 'default') this.model.of(person.id).levels.delete(roomId);
    else this.model.of(person.id).levels.set(roomId, level);
  }

  private async prefer(): Promise<void> {
    const [person, notify] = [this.random.pick(this.people), this.random.pick(LEVELS)];
    await this.setPreferences(person, notify, this.model.of(person.id).quiet);
  }

  /** After everything so far was told: whether it rings is found out a moment after the message is stored. */
  private async wantQuiet(): Promise<void> {
    await this.heard();
    const person = this.random.pick(this.people);
    await this.setPreferences(person, this.model.of(person.id).prefers, !this.model.of(person.id).quiet);
  }

  private async setPreferences(person: Person, notify: NotifyLevel, quiet: boolean): Promise<void> {
    const dndUntil = quiet ? new Date(Date.now() + 3_600_000).toISOString() : null;
    await stack.callInside(messages.setPreferences, { notify, dndUntil }, person.id);
    Object.assign(this.model.of(person.id), { prefers: notify, quiet });
  }

  /** Somebody leaves the room, or comes back. */
  private async goOrCome(): Promise<void> {
    await this.heard();
    const person = this.random.pick(this.people.slice(1));
    const inside = this.model.isIn(person.id, this.room.id);
    await stack.settle(inside ? stack.rooms.remove(this.room, person) : stack.rooms.join(this.room, person));
    if (inside) this.model.leave(person.id, this.room.id);
    else this.model.join(person.id, this.room.id);
  }

  private aMessage(): SaidOnce | undefined {
    const alive = this.model.said.filter(({ deleted }) => !deleted).slice(-12);
    return alive.length === 0 ? undefined : this.random.pick(alive);
  }

  private someNamed(roomId: string): Named {
    if (this.random.oneIn(3)) return NOBODY;
    const userIds = this.random.some(this.in(roomId)).map(({ id }) => id);
    return { userIds, room: this.random.oneIn(5), here: this.random.oneIn(5), moderators: this.random.oneIn(5) };
  }

  private bodyOf(named: Named): string {
    const usernames = this.people.filter(({ id }) => named.userIds.includes(id)).map(({ username }) => username);
    const groups = (['room', 'here', 'moderators'] as const).filter((group) => named[group]);
    return `hello ${[...usernames, ...groups].map((name) => `@${name}`).join(' ')}`;
  }

  /** Waits until all devices were told of what still stands, of calls of the room that leave everybody out too. */
  private async heard(): Promise<void> {
    const rang = this.standing();
    const calls = this.model.said.filter(({ deleted, called }) => called && !deleted);
    const all = () => {
      this.listen();
      return rang.every(([key]) => this.devices.has(key)) && calls.every(({ id }) => this.calls.has(id));
    };
    await waitFor(all, { what: 'all devices to be told', withinMs: 30_000 });
  }

  /** Who rang, and whether quietly, for each person and message that was not deleted. */
  private standing(): [key: string, quiet: boolean][] {
    const deleted = new Set(this.model.said.filter((one) => one.deleted).map(({ id }) => id));
    return [...this.model.rang].filter(([key]) => !deleted.has(key.split(' ')[1]!));
  }

  private async check(): Promise<void> {
    for (const person of this.people) {
      const items = await listOf(person);
      const shown = items.map(({ id, reasons }) => ({ id, reasons: [...reasons].sort() }));
      const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
      expect(shown.toSorted(byId)).toEqual(this.model.listOf(person.id).toSorted(byId));
    }
  }

  /** Takes in what devices were told since the last time. */
  private listen(): void {
    for (; this.heardNotified < notified.length; this.heardNotified++) {
      const { userId, quiet, notification } = notified[this.heardNotified]!;
      if (this.isOurs(notification.roomId)) this.ring(userId, notification.id, quiet);
    }
    for (; this.heardCalled < called.length; this.heardCalled++) {
      const { except, quiet, notification } = called[this.heardCalled]!;
      if (!this.isOurs(notification.roomId)) continue;
      this.calls.add(notification.id);
      for (const { id } of this.in(notification.roomId))
        if (!except.includes(id)) this.ring(id, notification.id, quiet?.includes(id) ?? false);
    }
  }

  private isOurs = (roomId: string): boolean => roomId === this.room.id || roomId === this.direct.id;

  private ring(userId: string, messageId: string, quiet: boolean): void {
    const key = `${userId} ${messageId}`;
    this.devices.set(key, [...(this.devices.get(key) ?? []), quiet]);
  }
}

async function listOf(person: Person) {
  const items: OutputOf<typeof messages.notifications>['items'] = [];
  let cursor: string | null | undefined;
  do {
    const page: OutputOf<typeof messages.notifications> = await stack.callInside(
      messages.notifications,
      { limit: 100, ...(cursor && { cursor }) },
      person.id,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

describe('being told', () => {
  it(
    'happens once for each person and message, by the rules and for every reason, whatever happens in which order',
    async () => {
      const waiting = Array.from({ length: CONVERSATIONS }, (_, index) => new Conversation(new Seeded(index + 1)));
      const live = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await next.live();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, live));
    },
    WITHIN_MS,
  );
});
