import {
  AppError,
  accounts,
  files,
  messages,
  rooms,
  type Answer,
  type Message,
  type Preferences,
  type RoomRecord,
} from '@atrium/contracts';
import type { TestBus } from '@atrium/testing';
import { TestRoom } from './a-room.ts';
import { aMember, anAnswer, aRoomRecord } from './builders.ts';

/** Somebody with an account who is in no room. */
export const CLEO = '01900000-0000-7000-8000-0000000000c1';

const PREFERENCES: Preferences = { notify: 'all', sound: true, push: true, pushPreview: 'full' };

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
  /** Who chose which language for all of their devices. */
  readonly languages = new Map<string, string>();
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
    bus.answer(messages.preferences, (_, { actorId = '' }) => ({ ...PREFERENCES, language: this.languages.get(actorId) }));
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
