import {
  AppError,
  accounts,
  BOT_USER_ID,
  COMMITS_SUBJECT,
  encodeCommit,
  encodeTimeline,
  files,
  messages,
  rooms,
  type Answer,
  type Message,
  type RoomRecord,
  type RoomRole,
  type TimelineEntry,
} from '@atrium/contracts';
import { waitFor, type TestBus } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { aBotMessage, aMember, aMessage, anAnswer, aRoomRecord, created } from './builders.ts';

type Membership = { userId: string; displayName: string; role: RoomRole; mutedUntil?: string; bot?: boolean };
type Marker = { readSeq: number; readSeqBeforeSend?: number; readSeqBeforeVisit?: number };
type Post = { body: string; clientId: string; parentId?: string; mayPing?: boolean; authorId?: string };

/** A room as rooms, messages and files would keep it, in memory; what it says goes onto the real timeline. */
export class TestRoom {
  readonly log: TimelineEntry[] = [];
  readonly members = new Map<string, Membership>();
  readonly markers = new Map<string, Marker>();
  /** The answers of the bot, in order. */
  readonly posts: Message[] = [];
  /** Those that were let ping people. */
  readonly pinging: string[] = [];
  /** Whether messages knows already that the bot is off. */
  refusesPosts = false;
  /** Set to have posts stored, and their receipts get lost. */
  losesReceipts = false;
  /** Whose turn it is, as messages keeps it of rooms with slow mode. */
  readonly turns = new Map<string, string>();
  private readonly waits = new Map<string, number>();

  constructor(
    private readonly bus: TestBus,
    readonly record: RoomRecord,
  ) {}

  get id(): string {
    return this.record.id;
  }

  join(displayName: string, role: RoomRole = 'member'): string {
    const userId = uuidv7();
    this.members.set(userId, { userId, displayName, role });
    return userId;
  }

  /** A bot with an account of its own. */
  joinBot(displayName: string): string {
    const userId = this.join(displayName);
    this.members.get(userId)!.bot = true;
    return userId;
  }

  /** Tells everyone that somebody joined: an entry of the log. */
  async announceJoin(userId: string): Promise<void> {
    const { displayName, role } = this.members.get(userId)!;
    await this.tell({ type: 'member.joined', ...this.place(userId), userId, username: displayName.toLowerCase(), displayName, role });
  }

  async say(authorId: string, body: string, more: Partial<Message> = {}): Promise<Message> {
    const message = aMessage({ roomId: this.id, seq: this.log.length + 1, authorId, body, ...more });
    const marker = this.markers.get(authorId) ?? { readSeq: 0 };
    this.markers.set(authorId, { readSeq: message.seq, readSeqBeforeSend: marker.readSeq });
    await this.tell(created(message));
    return message;
  }

  async switchBot(enabled: boolean, { told = true } = {}): Promise<void> {
    this.record.botEnabled = enabled;
    if (told) await this.tell({ type: 'bot.toggled', ...this.place(null), enabled });
  }

  /** Puts an entry on the timeline once more, as after a lost acknowledgement. */
  async tellAgain(seq: number): Promise<void> {
    await this.publish(this.log[seq - 1]!, `again-${uuidv7()}`);
  }

  messages(): Message[] {
    return this.log.flatMap((entry) => (entry.type === 'message.created' ? [entry.message] : []));
  }

  /** The bot's answer to a message, once it is there. */
  answerTo(message: Message): Promise<Message> {
    return waitFor(() => this.posts.find((post) => post.clientId?.includes(message.id)), { what: `an answer to ${message.body}` });
  }

  /** Slow mode has somebody wait. */
  slowFor(userId: string, seconds: number): void {
    this.waits.set(userId, seconds);
  }

  takeTurn(userId: string, turnId: string): Record<string, never> {
    const retryAfterSeconds = this.waits.get(userId) ?? 0;
    if (retryAfterSeconds > 0) throw new AppError('slow_mode', undefined, { retryAfterSeconds });
    this.turns.set(userId, turnId);
    return {};
  }

  giveTurnBack(userId: string, turnId: string): Record<string, never> {
    if (this.turns.get(userId) === turnId) this.turns.delete(userId);
    return {};
  }

  /** Stores what the bot posts, each client id once, and brings it to the timeline as messages would. */
  async post({ mayPing, ...input }: Post): Promise<{ message: Message; deduplicated: boolean }> {
    if (this.refusesPosts) throw new AppError('forbidden');
    const earlier = this.posts.find((post) => post.clientId === input.clientId);
    if (earlier) return { message: earlier, deduplicated: true };
    const message = aBotMessage({ ...input, roomId: this.id, seq: this.log.length + 1, authorId: input.authorId ?? BOT_USER_ID });
    this.posts.push(message);
    if (mayPing) this.pinging.push(message.id);
    await this.tell(created(message));
    if (this.losesReceipts) throw new AppError('service_unavailable');
    return { message, deduplicated: false };
  }

  async deleteMessage(messageId: string): Promise<void> {
    const messageSeq = this.posts.find(({ id }) => id === messageId)?.seq ?? 1;
    await this.tell({ type: 'message.deleted', ...this.place(null), messageId, messageSeq, by: BOT_USER_ID });
  }

  private place(actorId: string | null) {
    return { seq: this.log.length + 1, at: new Date().toISOString(), actorId };
  }

  private async tell(entry: TimelineEntry): Promise<void> {
    this.log.push(entry);
    await this.publish(entry, `${this.id}-${entry.seq}`);
  }

  private async publish(entry: TimelineEntry, msgID: string): Promise<void> {
    const plain = entry.type === 'message.created' && !entry.message.body.trimStart().startsWith('/');
    const header = { roomId: this.id, fromSeq: entry.seq, toSeq: entry.seq, ...(plain && { plain }) };
    await this.bus.streams.client.publish(COMMITS_SUBJECT, encodeCommit([encodeTimeline(header, [JSON.stringify(entry)])]), { msgID });
  }
}

/** Somebody with an account who is in no room. */
export const CLEO = '01900000-0000-7000-8000-0000000000c1';

/** Answers in place of rooms, messages and files for the rooms it makes. */
export class TestRooms {
  private readonly rooms = new Map<string, TestRoom>();
  /** What was asked on whose behalf. */
  readonly reads: { rpc: string; roomId: string; actorId?: string }[] = [];
  /** How often somebody's membership was asked for. */
  membershipCalls = 0;
  /** Set to make the files service refuse. */
  filesAway = false;
  /** What the files answer to a question, and when. */
  fileAnswer: () => Promise<Partial<Answer>> = () => Promise.resolve({});
  credits = 10;
  /** Who owns which bot. */
  readonly owners = new Map<string, string>();

  constructor(private readonly bus: TestBus) {}

  make(record: Partial<RoomRecord> = {}): TestRoom {
    const room = new TestRoom(this.bus, aRoomRecord(record));
    this.rooms.set(room.id, room);
    return room;
  }

  async open(): Promise<void> {
    const { bus } = this;
    bus.answer(rooms.getMembership, ({ roomId, userId }) => {
      this.membershipCalls++;
      const room = this.find(roomId);
      const { me: _me, memberCount: _count, onlineCount: _online, ...state } = room.record;
      const member = room.members.get(userId);
      const joinedAt = room.record.createdAt;
      return {
        version: 1,
        room: state,
        member: member ? { ...member, username: member.displayName.toLowerCase(), joinedAt, mutedUntil: member.mutedUntil ?? null } : null,
      };
    });
    this.answerBots();
    this.answerActs();
    bus.answer(rooms.get, ({ roomId }, { actorId }) => this.asMember('rooms.get', roomId, actorId).record);
    bus.answer(messages.page, ({ roomId, before = Infinity, limit }, { actorId }) =>
      lastOf(this.asMember('messages.page', roomId, actorId).messages(), before, limit),
    );
    bus.answer(messages.thread, ({ roomId, messageId, before = Infinity, limit }, { actorId }) => {
      const all = this.asMember('messages.thread', roomId, actorId).messages();
      const root = all.find((message) => message.id === messageId)!;
      return {
        root,
        ...lastOf(
          all.filter((message) => message.parentId === messageId),
          before,
          limit,
        ),
      };
    });
    bus.answer(messages.activity, ({ roomIds: [roomId = ''] }, { actorId = '' }) => {
      const marker = this.find(roomId).markers.get(actorId) ?? { readSeq: 0 };
      const me = { ...marker, unread: 0, mentions: 0, threadUnread: 0 };
      return { items: [{ roomId, epoch: roomId, lastSeq: 0, lastMessage: null, lastActivityAt: null, me }] };
    });
    bus.answer(messages.postAsBot, (input) => this.find(input.roomId).post(input));
    bus.answer(messages.takeTurn, ({ roomId, turnId }, { actorId = '' }) => this.find(roomId).takeTurn(actorId, turnId));
    bus.answer(messages.giveTurnBack, ({ roomId, turnId }, { actorId = '' }) => this.find(roomId).giveTurnBack(actorId, turnId));
    this.answerFiles();
    this.answerRoom();
    bus.answer(files.queueStatus, ({ roomId }, { actorId }) => {
      if (this.filesAway) throw new AppError('service_unavailable');
      this.asMember('files.queueStatus', roomId, actorId);
      return { waiting: 2, extracting: 1, ready: 5, failed: 0 };
    });
    await bus.bus.connection.flush();
  }

  private answerBots(): void {
    this.bus.answer(rooms.memberBots, ({ roomId }) => {
      const bots = [...this.find(roomId).members.values()].filter(({ bot }) => bot);
      return { items: bots.map(({ userId, displayName }) => ({ userId, displayName, username: displayName.toLowerCase() })) };
    });
    this.bus.answer(accounts.bot, ({ botId }, { actorId }) => {
      if (actorId !== botId && this.owners.get(botId) !== actorId) throw new AppError('bot_not_found');
      const createdAt = new Date().toISOString();
      return { id: botId, username: 'bot', name: 'Bot', description: '', avatarUrl: null, createdAt, disabledAt: null, tokens: [] };
    });
  }

  /** What commands do in their caller's name; rooms itself decides who may. */
  readonly acts: { rpc: string; input: unknown; actorId: string | undefined }[] = [];

  private answerActs(): void {
    const receipt = (roomId: string) => ({ fact: { kind: 'room' as const, key: roomId, version: 1 }, eventId: null });
    const note = (rpc: string, input: unknown, actorId: string | undefined) => void this.acts.push({ rpc, input, actorId });
    this.bus.answer(rooms.mute, (input, { actorId }) => {
      note('mute', input, actorId);
      return receipt(input.roomId);
    });
    this.bus.answer(rooms.addMembers, (input, { actorId }) => {
      note('addMembers', input, actorId);
      return { ...receipt(input.roomId), items: [], refused: [] };
    });
    this.bus.answer(rooms.createInvite, (input, { actorId }) => {
      note('createInvite', input, actorId);
      return { code: 'c0de', createdBy: actorId ?? '', createdAt: new Date().toISOString(), uses: 0 };
    });
    this.bus.answer(rooms.openDirect, (input, { actorId }) => {
      note('openDirect', input, actorId);
      const room = aRoomRecord({ kind: 'direct' });
      return { ...receipt(room.id), room, created: true };
    });
    this.bus.answer(accounts.findUsers, ({ query }) => {
      const items =
        query === 'cleo' ? [{ id: CLEO, username: 'cleo', displayName: 'Cleo', avatarUrl: null, presence: 'auto' as const }] : [];
      return { items, nextCursor: null };
    });
  }

  private answerFiles(): void {
    this.bus.answer(files.list, ({ roomId }, { actorId }) => {
      this.asMember('files.list', roomId, actorId);
      return { items: [], nextCursor: null };
    });
    this.bus.answer(files.askRoom, async ({ roomId, question, idempotencyKey }, { actorId }) => {
      this.asMember(`files.askRoom ${idempotencyKey}`, roomId, actorId);
      return anAnswer({ question, ...(await this.fileAnswer()) });
    });
  }

  private answerRoom(): void {
    this.bus.answer(accounts.getCredits, () => ({ items: [], nextCursor: null, balance: this.credits, held: 0 }));
    this.bus.answer(rooms.members, ({ roomId, query = '', cursor = '0', limit = 50 }, { actorId }) => {
      const room = this.asMember('rooms.members', roomId, actorId);
      const found = [...room.members.values()].map(aMember).filter(({ username }) => username.includes(query));
      const next = Number(cursor) + limit;
      return { items: found.slice(Number(cursor), next), nextCursor: found.length > next ? String(next) : null };
    });
    this.bus.answer(rooms.update, ({ roomId, topic }, { actorId }) => {
      const room = this.asMember('rooms.update', roomId, actorId);
      if (room.members.get(actorId!)?.role !== 'host') throw new AppError('forbidden');
      room.record.topic = topic ?? '';
      return { room: room.record, fact: { kind: 'room' as const, key: roomId, version: 1 }, eventId: null };
    });
  }

  private find(roomId: string): TestRoom {
    const room = this.rooms.get(roomId);
    if (!room) throw new AppError('room_not_found');
    return room;
  }

  private asMember(rpc: string, roomId: string, actorId?: string): TestRoom {
    this.reads.push({ rpc, roomId, actorId });
    const room = this.find(roomId);
    if (!actorId || !room.members.has(actorId)) throw new AppError('not_a_member');
    return room;
  }
}

function lastOf(all: Message[], before: number, limit: number) {
  const older = all.filter((message) => message.seq < before);
  const items = older.slice(-limit);
  return { items, hasBefore: older.length > items.length, hasAfter: false };
}
