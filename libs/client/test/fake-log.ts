import type { Attachment, FileRecord, Message, TimelineEntry } from '@atrium/contracts';
import { isInRoom } from '../src/in-room.ts';
import type { MessagePage, PageQuery } from '../src/http/messages.api.ts';
import { aCreated, aMessage, ANN, anInstant, BEN } from './builders.ts';

type Created = Extract<TimelineEntry, { type: 'message.created' }>;
export type Random = (below: number) => number;

/** Numbers that look random and are the same in every run. */
export function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => (state = (state * 16_807) % 2_147_483_647) % below;
}

const NOBODY = { userIds: [], room: false, here: false, moderators: false };

/** What the server has and would answer: the truth that a window must equal. */
export class FakeLog {
  readonly messages = new Map<string, Message>();
  readonly entries: TimelineEntry[] = [];

  get roots(): Message[] {
    return this.#sorted.filter((message) => !message.parentId);
  }

  /** What the room itself shows. */
  get shown(): Message[] {
    return this.#sorted.filter(isInRoom);
  }

  say(parts: Partial<Message> = {}): Created {
    const entry = aCreated(aMessage(this.#seq, parts)) as Created;
    const { message } = entry;
    const root = parts.parentId ? this.messages.get(parts.parentId) : undefined;
    if (root) this.#put({ ...root, replyCount: root.replyCount + 1, lastReplyAt: message.createdAt });
    this.#put(message);
    this.entries.push(entry);
    return entry;
  }

  /** @param how.told whether the entry says what the message says now */
  pin(message: Message, pinned: boolean, { told = true }: { told?: boolean } = {}): TimelineEntry {
    const { pinnedAt: _at, pinnedBy: _by, ...rest } = this.#now(message);
    const changed = this.#put(pinned ? { ...rest, pinnedAt: anInstant(this.#seq), pinnedBy: ANN } : rest);
    return this.add({ type: pinned ? 'message.pinned' : 'message.unpinned', messageId: message.id, ...(told && { message: changed }) });
  }

  edit(message: Message, { told = true }: { told?: boolean } = {}): TimelineEntry {
    const known = this.#now(message);
    const edited = this.#put({ ...known, body: `edited ${this.#seq}`, version: known.version + 1, editedAt: anInstant(this.#seq) });
    return this.add({ type: 'message.edited', messageId: message.id, ...(told && { message: edited }) });
  }

  delete(message: Message): TimelineEntry {
    const { pinnedAt: _at, pinnedBy: _by, previews: _previews, ...rest } = this.#now(message);
    this.#put({ ...rest, body: '', mentions: NOBODY, files: [], reactions: [], deletedAt: anInstant(this.#seq) });
    const thread = rest.parentId === undefined ? undefined : this.#recount(rest.parentId);
    return this.add({ type: 'message.deleted', messageId: message.id, by: ANN, messageSeq: rest.seq, ...(thread && { thread }) });
  }

  /** Reacts, or takes it back. `mine` is left out, as it is without a reader. */
  react(message: Message, emoji: string, userId: string): TimelineEntry {
    const now = this.#now(message);
    const known = now.reactions.find((reaction) => reaction.emoji === emoji);
    const before = known?.userIds ?? [];
    const added = !before.includes(userId);
    const userIds = added ? [...before, userId] : before.filter((id) => id !== userId);
    const reaction = { emoji, count: userIds.length, userIds };
    const others = now.reactions.filter((one) => one !== known);
    const kept = known && userIds.length > 0 ? now.reactions.map((one) => (one === known ? reaction : one)) : others;
    this.#put({ ...now, reactions: known || userIds.length === 0 ? kept : [...others, reaction] });
    return this.add({ type: added ? 'reaction.added' : 'reaction.removed', messageId: message.id, userId, ...reaction });
  }

  /** Shows what it links to, or no longer. */
  preview(message: Message, { told = true }: { told?: boolean } = {}): TimelineEntry {
    const { previews, ...rest } = this.#now(message);
    const shown = [{ id: message.id, url: 'https://a.example/', site: 'a.example', title: `at ${this.#seq}` }];
    const changed = this.#put(previews ? rest : { ...rest, previews: shown });
    return this.add({ type: 'message.previewed', messageId: message.id, ...(told && { message: changed }) });
  }

  /** Something of what people do, to some message. */
  change(random: Random): TimelineEntry {
    const root = this.roots[random(Math.max(1, this.roots.length))];
    const kind = random(13);
    if (!root || kind < 3) return this.say();
    if (kind === 3) return this.say({ parentId: root.id });
    if (kind >= 8 && kind < 11 && !root.deletedAt) return this.react(root, ['👍', '🎉', '👀'][random(3)]!, [ANN, BEN][random(2)]!);
    if (kind === 11) return this.#deleteReply(random) ?? this.say();
    if (kind === 12 && !root.deletedAt) return this.preview(root);
    if (kind === 4 || root.deletedAt) return this.pin(root, !root.deletedAt);
    if (kind === 5) return this.pin(root, false);
    return kind === 6 ? this.edit(root) : this.delete(root);
  }

  page({ before = Infinity, after = 0, around, limit = 10 }: PageQuery): MessagePage {
    const all = this.#sorted;
    const start = around === undefined ? 0 : Math.max(0, all.findIndex((message) => message.seq >= around) - Math.floor(limit / 2));
    const range = all.filter((message) => message.seq < before && message.seq > after);
    const items = around === undefined ? (after > 0 ? range.slice(0, limit) : range.slice(-limit)) : all.slice(start, start + limit);
    const [first, last] = [items[0]?.seq ?? before, items.at(-1)?.seq ?? after];
    return { items, hasBefore: all.some((message) => message.seq < first), hasAfter: all.some((message) => message.seq > last) };
  }

  get #seq(): number {
    return this.entries.length + 1;
  }

  get #sorted(): Message[] {
    return [...this.messages.values()].sort((a, b) => a.seq - b.seq);
  }

  #now(message: Message): Message {
    return this.messages.get(message.id) ?? message;
  }

  #put(message: Message): Message {
    this.messages.set(message.id, message);
    return message;
  }

  #deleteReply(random: Random): TimelineEntry | undefined {
    const replies = this.#sorted.filter((message) => message.parentId !== undefined && message.deletedAt === undefined);
    const reply = replies[random(Math.max(1, replies.length))];
    return reply && this.delete(reply);
  }

  #recount(rootId: string): { rootId: string; replyCount: number; lastReplyAt: string | null } {
    const { lastReplyAt: _at, ...root } = this.messages.get(rootId)!;
    const left = this.#sorted.filter((message) => message.parentId === rootId && message.deletedAt === undefined);
    const lastReplyAt = left.at(-1)?.createdAt ?? null;
    this.#put({ ...root, replyCount: left.length, ...(lastReplyAt !== null && { lastReplyAt }) });
    return { rootId, replyCount: left.length, lastReplyAt };
  }

  /** @param found the file as the entry tells of it, where a virus was found in it */
  fileStatus(fileId: string, status: string, found?: FileRecord): TimelineEntry {
    const changed = { status, ...(found?.threat !== undefined && { threat: found.threat }) };
    this.#changeFiles(fileId, (file) => [{ ...file, ...changed }]);
    return this.add({ type: 'file.status', fileId, status, statusReason: null, ...(found && { file: found }) });
  }

  fileDeleted(fileId: string): TimelineEntry {
    this.#changeFiles(fileId, () => []);
    return this.add({ type: 'file.deleted', fileId });
  }

  #changeFiles(fileId: string, change: (file: Attachment) => Attachment[]): void {
    for (const message of this.messages.values())
      if (message.files.some(({ id }) => id === fileId))
        this.#put({ ...message, files: message.files.flatMap((file) => (file.id === fileId ? change(file) : [file])) });
  }

  /** Whatever else happens. */
  add(parts: Record<string, unknown> & { type: TimelineEntry['type'] }): TimelineEntry {
    const entry = { seq: this.#seq, at: anInstant(this.#seq), actorId: ANN, ...parts } as TimelineEntry;
    this.entries.push(entry);
    return entry;
  }
}
