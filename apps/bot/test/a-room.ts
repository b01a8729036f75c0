import {
  BOT_USER_ID,
  COMMITS_SUBJECT,
  encodeCommit,
  encodeTimeline,
  AppError,
  type Message,
  type RoomRecord,
  type RoomRole,
  type TimelineEntry,
} from '@atrium/contracts';
import { waitFor, type TestBus } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { aBotMessage, aMessage, created } from './builders.ts';

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

  /** @param told with 'later' the entry stands in the log, and `tellAgain` tells it */
  async switchBot(enabled: boolean, { told = true }: { told?: boolean | 'later' } = {}): Promise<void> {
    this.record.botEnabled = enabled;
    const entry: TimelineEntry = { type: 'bot.toggled', ...this.place(null), enabled };
    if (told === 'later') this.log.push(entry);
    else if (told) await this.tell(entry);
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
