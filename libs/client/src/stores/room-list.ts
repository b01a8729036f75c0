import type { Message, Room, RoomNotify, TimelineEntry } from '@atrium/contracts';
import { isInRoom } from '../in-room.ts';
import { Observable } from '../observable.ts';
import { Latest } from './latest.ts';
import { RecentMessages } from './recent-messages.ts';
import { applyToHeld, held, isUntold, onlyKnown } from './held-message.ts';

type ReadMarker = { roomId: string; readSeq: number; lastSeq?: number | undefined; unread: number; mentions: number; threadUnread: number };
type Marks = NonNullable<Room['me']>;
type NotifyTold = { roomId: string; notify: Marks['notify']; version?: number | undefined } & RoomNotify;

/** The rooms this user is in, favourites first, by latest activity, kept current by the log's entries. */
export class RoomList extends Observable<readonly Room[]> {
  readonly #rooms = new Map<string, Room>();
  #userId = '';
  #loaded = false;
  readonly #levels = new Latest();
  readonly #acting = new Latest();
  /** Counts that come from elsewhere may not know of them. */
  readonly #recent = new RecentMessages();
  /** Up to where counts from elsewhere go, where they were quicker than the log. */
  readonly #counted = new Map<string, number>();

  /** Whether the list is known at all; before that, empty means nothing. */
  get loaded(): boolean {
    return this.#loaded;
  }

  replace(userId: string, rooms: readonly Room[]): void {
    this.#userId = userId;
    this.#loaded = true;
    this.#rooms.clear();
    this.#recent.clear();
    for (const room of rooms) this.#take(room);
    this.changed();
  }

  /** @returns whether it was taken: an answer can be older than what the log already told */
  put(room: Room): boolean {
    const known = this.#rooms.get(room.id);
    if (known && known.lastSeq > room.lastSeq && known.epoch === room.epoch) return false;
    this.#take(room);
    this.changed();
    return true;
  }

  remove(roomId: string): void {
    if (this.#rooms.delete(roomId)) this.changed();
  }

  clear(): void {
    this.#rooms.clear();
    this.#recent.clear();
    this.#levels.clear();
    this.#acting.clear();
    this.#loaded = false;
    this.changed();
  }

  get(roomId: string): Room | undefined {
    return this.#rooms.get(roomId);
  }

  /** Applies entries the room's snapshot does not contain yet. */
  apply(roomId: string, entries: readonly TimelineEntry[]): void {
    let room = this.#rooms.get(roomId);
    if (!room) return;
    for (const entry of entries) {
      if (entry.seq <= room.lastSeq) continue;
      if (entry.type === 'message.created') this.#recent.add(roomId, entry.message);
      room = { ...this.#applied(room, entry), lastSeq: entry.seq };
    }
    this.#rooms.set(roomId, room);
    this.changed();
  }

  /** Whether only the server can say how the room stands after an entry: what was said there last, and what is unread of it. */
  isTouchedBy(roomId: string, entry: TimelineEntry): boolean {
    const room = this.#rooms.get(roomId);
    if (!room?.me) return false;
    // Only the server knows who was online when they were called.
    if (entry.type === 'message.created') return entry.message.mentions.here && entry.message.authorId !== this.#userId;
    if (entry.type === 'message.edited') return (entry.message?.seq ?? Infinity) > room.me.readSeq;
    if (entry.type === 'message.previewed') return isUntold(entry) && entry.messageId === room.lastMessage?.id;
    if (entry.type !== 'message.deleted') return false;
    return entry.messageSeq > room.me.readSeq || entry.messageId === room.lastMessage?.id || room.me.threadUnread > 0;
  }

  /**
   * A marker moved. Its counts were made at one moment of the log, and come before or after the entries around it.
   * @returns whether it came too late for that: only the server can say how the room stands
   */
  read({ roomId, readSeq, unread, mentions, threadUnread, ...marker }: ReadMarker): boolean {
    const room = this.#rooms.get(roomId);
    if (!room?.me) return false;
    const { lastSeq = room.lastSeq } = marker;
    const missing = this.#recent.after(roomId, lastSeq);
    if (!missing) return true;
    if (lastSeq > room.lastSeq) this.#counted.set(roomId, lastSeq);
    let next = withMarks(room, { readSeq, unread, mentions, threadUnread });
    for (const message of missing) next = this.#withCount(next, message);
    this.#rooms.set(roomId, next);
    this.changed();
    return false;
  }

  /** Another device of this user put the room first, or back among the others. */
  favour(roomId: string, favourite: boolean): void {
    const room = this.#rooms.get(roomId);
    if (!room?.me) return;
    this.#rooms.set(roomId, withMarks(room, { favourite }));
    this.changed();
  }

  /** Who acts for a host who is away. */
  act({ roomId, actingHostId, version }: { roomId: string; actingHostId: string | null; version?: number | undefined }): void {
    const room = this.#rooms.get(roomId);
    if (!room || !this.#acting.take(roomId, version)) return;
    const { actingHostId: _former, ...rest } = room;
    this.#rooms.set(roomId, { ...rest, ...(actingHostId === null ? {} : { actingHostId }) });
    this.changed();
  }

  /** What this user is told of in a room now. */
  notify({ roomId, notify, level, until, version }: NotifyTold): void {
    const room = this.#rooms.get(roomId);
    if (!room?.me || !this.#levels.take(roomId, version)) return;
    const { roomNotify: _former, ...me } = room.me;
    const own = level === 'default' ? {} : { roomNotify: { level, ...(until !== undefined && { until }) } };
    this.#rooms.set(roomId, { ...room, me: { ...me, notify, ...own } });
    this.changed();
  }

  /** What this user is told of where they said nothing else. */
  notifyByDefault(notify: Marks['notify']): void {
    for (const room of this.#rooms.values()) {
      if (room.me && !room.me.roomNotify) this.#rooms.set(room.id, withMarks(room, { notify }));
    }
    this.changed();
  }

  protected build(): readonly Room[] {
    const rank = (room: Room) => (room.me?.favourite ? 1 : 0);
    return [...this.#rooms.values()].sort((a, b) => rank(b) - rank(a) || activityOf(b).localeCompare(activityOf(a)));
  }

  #applied(room: Room, entry: TimelineEntry): Room {
    switch (entry.type) {
      case 'message.created':
        return this.#withMessage(this.#withLast(room, entry), entry.message);
      case 'member.joined':
        return { ...room, memberCount: room.memberCount + 1 };
      case 'member.banned':
        // Who was not in the room did not leave it.
        return entry.wasMember === false ? room : { ...room, memberCount: Math.max(0, room.memberCount - 1) };
      case 'member.muted':
        return entry.userId === this.#userId ? withMute(room, entry) : room;
      case 'member.left':
      case 'member.kicked':
        return { ...room, memberCount: Math.max(0, room.memberCount - 1) };
      case 'member.role':
        return entry.userId === this.#userId ? withMarks(room, { role: entry.role }) : room;
      case 'host.changed':
        return this.#withHost(room, entry.previousHostId, entry.hostId);
      case 'room.updated':
        return { ...room, ...(entry.room as Partial<Room>), ...(room.me ? { me: room.me } : {}) };
      case 'bot.toggled':
        return { ...room, botEnabled: entry.enabled };
      default:
        return this.#withLast(room, entry);
    }
  }

  /** What was said last follows what becomes of it; nobody is shown what was deleted, even before it is known what came before. */
  #withLast(room: Room, entry: TimelineEntry): Room {
    if (!room.lastMessage) return room;
    const [changed] = applyToHeld(entry, onlyKnown(held(room.lastMessage, 'page')), this.#userId);
    return changed ? { ...room, lastMessage: changed.message } : room;
  }

  /** As the server tells of a room. */
  #take(room: Room): void {
    this.#rooms.set(room.id, room);
    this.#recent.begin(room.id, room.lastSeq);
    this.#counted.delete(room.id);
  }

  #withMessage(room: Room, message: Message): Room {
    const next: Room = isInRoom(message) ? { ...room, lastMessage: message } : room;
    return message.seq > (this.#counted.get(room.id) ?? 0) ? this.#withCount(next, message) : next;
  }

  #withCount(room: Room, message: Message): Room {
    const { me } = room;
    const own = message.authorId === this.#userId;
    const isReply = message.parentId !== undefined;
    // Only what people write counts as unread.
    if (!me || message.kind !== 'text') return room;
    // Sending marks read up to that message; a reply says nothing of what was read in the room itself.
    if (own) return isReply ? room : withMarks(room, { readSeq: message.seq, unread: 0, mentions: 0 });
    const named = this.#isNamed(message, me) ? 1 : 0;
    if (!isInRoom(message)) return withMarks(room, { mentions: me.mentions + named });
    return withMarks(room, { unread: me.unread + 1, mentions: me.mentions + named });
  }

  #isNamed({ mentions }: Message, me: Marks): boolean {
    return mentions.room || mentions.userIds.includes(this.#userId) || (mentions.moderators && me.role !== 'member');
  }

  #withHost(room: Room, previousHostId: string | null, hostId: string | null): Room {
    const next = { ...room, hostId };
    if (hostId === this.#userId) return withMarks(next, { role: 'host' });
    // Who hands the room over stays as a moderator.
    return previousHostId === this.#userId && room.me?.role === 'host' ? withMarks(next, { role: 'moderator' }) : next;
  }
}

const withMarks = (room: Room, marks: Partial<Marks>): Room => (room.me ? { ...room, me: { ...room.me, ...marks } } : room);

function withMute(room: Room, { mutedUntil, reason }: { mutedUntil: string | null; reason?: string | null }): Room {
  if (!room.me) return room;
  const { mutedUntil: _until, muteReason: _reason, ...me } = room.me;
  return { ...room, me: { ...me, ...(mutedUntil ? { mutedUntil, ...(reason ? { muteReason: reason } : {}) } : {}) } };
}
/** When something was last said, or when the room came into this user's life. */
const activityOf = (room: Room): string => room.lastMessage?.createdAt ?? room.me?.joinedAt ?? room.createdAt;
