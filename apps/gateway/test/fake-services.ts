import {
  AppError,
  TOKEN_PREFIX,
  accounts,
  encodeTimeline,
  files,
  messageEvents,
  messages,
  roomEvents,
  rooms,
  timelineSubject,
  type Message,
  type OutputOf,
  type Scope,
  type RoomRecord,
  type TimelineHeader,
} from '@atrium/contracts';
import { onCleanup, type TestBus } from '@atrium/testing';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { aMessageEntry, aRoomRecord, asMuchAsFits, now, type Entry, type FakeRoom } from './builders.ts';

export type Person = { userId: string; sessionId: string };

/** The services behind the gateway, as small as they can be: rooms with members and logs, sessions, nothing stored. */
export class FakeServices {
  readonly rooms = new Map<string, FakeRoom>();
  readonly endedSessions = new Set<string>();
  readonly admins = new Set<string>();
  readonly presence: { userId: string; status: string }[] = [];
  readonly pages: { userId: string; open: boolean; roomIds: string[] }[] = [];
  readonly calls: string[] = [];
  /** Which services have taken in what was told. */
  readonly confirming = new Set<'messages' | 'files'>(['messages', 'files']);
  /** What lists of rooms and replays wait for. */
  private held: Promise<void> | undefined;
  /** What happens once, after rooms said who is in and before messages is asked for its activity. */
  beforeActivity: (() => void) | undefined;
  private readonly keys = generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });

  private constructor(readonly bus: TestBus) {}

  static async start(bus: TestBus): Promise<FakeServices> {
    const services = new FakeServices(bus);
    await services.answerAccounts();
    services.answerRooms();
    services.answerMessages();
    bus.answer(files.settle, () => ({ settled: services.confirming.has('files') }));
    for (const service of ['accounts', 'rooms', 'messages', 'files', 'bot']) {
      bus.bus.connection.subscribe(`health.${service}`, {
        callback: (_error, message) => {
          services.calls.push(`health.${service}`);
          message.respond('');
        },
      });
    }
    const canary = () => bus.bus.connection.publish(messageEvents.canary.subject, JSON.stringify({ at: new Date().toISOString() }));
    const singing = setInterval(canary, 1000);
    onCleanup(() => clearInterval(singing));
    await bus.bus.connection.flush();
    return services;
  }

  /** An access token as accounts would sign it. */
  async token(person: Person, lifetimeSeconds = 900): Promise<string> {
    const { privateKey } = await this.keys;
    return new SignJWT({ sid: person.sessionId, role: 'user' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
      .setSubject(person.userId)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeSeconds)
      .sign(privateKey);
  }

  aPerson(): Person {
    const person = { userId: uuidv7(), sessionId: uuidv7() };
    this.sessionsOf.set(person.sessionId, person.userId);
    return person;
  }

  aRoom(members: Person[], change: Partial<RoomRecord> = {}): FakeRoom {
    const room: FakeRoom = {
      record: aRoomRecord(change),
      members: new Set(members.map(({ userId }) => userId)),
      entries: [],
      epoch: uuidv7(),
    };
    this.rooms.set(room.record.id, room);
    return room;
  }

  /** Makes lists of rooms and replays wait. @returns what lets them go on */
  hold(): () => void {
    let release = () => {};
    this.held = new Promise<void>((resolve) => {
      release = () => {
        this.held = undefined;
        resolve();
      };
    });
    return release;
  }

  /** Adds entries to the log without telling anyone. */
  store(room: FakeRoom, ...bodies: string[]): Entry[] {
    const added = bodies.map((body, index) => aMessageEntry(room, room.entries.length + 1 + index, body));
    room.entries.push(...added);
    return added;
  }

  /** Tells the gateways of entries, as messages does after a commit. */
  publish(room: FakeRoom, entries: Entry[], header: Partial<TimelineHeader> = {}): void {
    const whole = { roomId: room.record.id, fromSeq: entries[0]!.seq, toSeq: entries.at(-1)!.seq, ...header };
    const bytes = encodeTimeline(
      whole,
      entries.map((entry) => JSON.stringify(entry)),
    );
    this.bus.bus.connection.publish(timelineSubject(room.record.id), bytes);
  }

  /** Lets someone in as rooms does, and tells of it. */
  async join(room: FakeRoom, person: Person): Promise<void> {
    room.members.add(person.userId);
    const roomId = room.record.id;
    const { me: _me, memberCount: _count, onlineCount: _online, ...state } = room.record;
    const member = { userId: person.userId, username: 'ann', displayName: 'Ann', role: 'member' as const, joinedAt: now() };
    await this.bus.tell(roomEvents.memberJoined, { roomId, version: 1, at: now(), actorId: person.userId, room: state, member });
  }

  /** Removes someone as rooms and messages together do. */
  kick(room: FakeRoom, person: Person): void {
    room.members.delete(person.userId);
    const seq = room.entries.length + 1;
    const entry: Entry = { seq, type: 'member.kicked', at: now(), actorId: null, userId: person.userId, reason: null };
    room.entries.push(entry);
    this.publish(room, [entry], { removed: [{ userId: person.userId, seq }] });
  }

  private readonly sessionsOf = new Map<string, string>();
  private readonly personalTokens = new Map<string, OutputOf<typeof accounts.checkToken>>();

  /** A personal access token as accounts would know it. */
  aPersonalToken({ userId }: Person, scopes: Scope[], change: { role?: 'admin'; expiresAt?: string } = {}): { token: string; id: string } {
    const token = `${TOKEN_PREFIX}${uuidv7()}`;
    const id = uuidv7();
    const hash = createHash('sha256').update(token).digest('hex');
    this.personalTokens.set(hash, { token: { id, userId, role: 'user', scopes, expiresAt: null, ...change } });
    return { token, id };
  }

  revoke(id: string): void {
    for (const [hash, { token }] of this.personalTokens) if (token?.id === id) this.personalTokens.delete(hash);
  }

  private async answerAccounts(): Promise<void> {
    const { publicKey } = await this.keys;
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
    this.bus.answer(accounts.signingKeys, () => ({ keys: [jwk] }));
    this.bus.answer(accounts.checkToken, ({ tokenHash }) => {
      this.calls.push('checkToken');
      return this.personalTokens.get(tokenHash) ?? { token: null };
    });
    this.bus.answer(accounts.listTokens, () => ({ items: [] }));
    this.bus.answer(accounts.checkSession, ({ sessionId }) => {
      this.calls.push('checkSession');
      const userId = this.sessionsOf.get(sessionId) ?? null;
      const active = userId !== null && !this.endedSessions.has(sessionId);
      return { active, userId, role: userId === null ? null : this.admins.has(userId) ? ('admin' as const) : ('user' as const) };
    });
  }

  private answerRooms(): void {
    const asSeenBy = (room: FakeRoom, userId: string | undefined): RoomRecord => ({
      ...room.record,
      me: userId && room.members.has(userId) ? { role: 'member', joinedAt: room.record.createdAt, mutedUntil: null, notify: 'all' } : null,
    });
    const find = (roomId: string) => {
      const room = this.rooms.get(roomId);
      if (!room) throw new AppError('room_not_found');
      return room;
    };
    this.bus.answer(rooms.listJoined, async (_input, { actorId }) => {
      this.calls.push('listJoined');
      await this.held;
      return { items: [...this.rooms.values()].filter(({ members }) => members.has(actorId!)).map((room) => asSeenBy(room, actorId)) };
    });
    this.bus.answer(rooms.get, ({ roomId }, { actorId }) => asSeenBy(find(roomId), actorId));
    this.bus.answer(rooms.setTyping, () => ({}));
    this.bus.answer(rooms.reportPresence, ({ users }) => {
      this.presence.push(...users);
      return {};
    });
  }

  private answerMessages(): void {
    this.bus.answer(messages.reportPages, ({ users }) => {
      this.pages.push(...users);
      return {};
    });
    this.bus.answer(messages.settle, () => ({ settled: this.confirming.has('messages') }));
    this.bus.answer(messages.heads, ({ roomIds }) => ({
      heads: Object.fromEntries(roomIds.map((roomId) => [roomId, this.rooms.get(roomId)?.entries.length ?? 0])),
    }));
    this.bus.answer(messages.activity, ({ roomIds }, { actorId }) => {
      this.beforeActivity?.();
      this.beforeActivity = undefined;
      const items = roomIds.map((roomId) => {
        const room = this.rooms.get(roomId)!;
        const me = room.members.has(actorId!) ? { readSeq: 0, unread: 0, mentions: 0, threadUnread: 0 } : null;
        return { roomId, epoch: room.epoch, lastSeq: room.entries.length, lastMessage: null, lastActivityAt: null, me };
      });
      return { items };
    });
    this.bus.answer(messages.replay, async ({ roomId, after, until }) => {
      this.calls.push('replay');
      await this.held;
      const room = this.rooms.get(roomId)!;
      const { entries, hidden } = room;
      room.hidden = undefined;
      const wanted = entries.filter(({ seq }) => seq > after && seq <= (until ?? Infinity) && seq !== hidden).slice(0, 100);
      const encoded = asMuchAsFits(wanted.map((entry) => JSON.stringify(entry)));
      return { entries: encoded, fromSeq: after + 1, toSeq: after + encoded.length, lastSeq: entries.length };
    });
    this.bus.answer(messages.events, ({ roomId, after, limit }) => {
      const room = this.rooms.get(roomId)!;
      const lastSeq = room.entries.length;
      const visible = room.entries.filter(({ seq }) => seq > after && seq >= (room.visibleFrom ?? 0));
      room.whileRead?.();
      room.whileRead = undefined;
      return { items: visible.slice(0, limit) as never, hasAfter: visible.length > limit, lastSeq, epoch: room.epoch };
    });
    this.answerSends();
  }

  /** Batched: one message carries many calls, and one reply their results. */
  private answerSends(): void {
    this.bus.answerBatch(messages.send, (items) => {
      this.calls.push(`send×${items.length}`);
      return items.map(({ input, call }) => {
        const authorId = call.actorId!;
        const room = this.rooms.get(input.roomId);
        if (!room?.members.has(authorId)) return new AppError('room_not_found');
        const [entry] = this.store(room, input.body);
        const stored = { ...(entry!['message'] as Message), authorId, clientId: input.clientId };
        this.publish(room, [{ ...entry!, message: stored }]);
        const receipt = { messageId: stored.id, seq: entry!.seq, createdAt: stored.createdAt };
        return input.echo ? { ...receipt, message: stored } : receipt;
      });
    });
  }
}
