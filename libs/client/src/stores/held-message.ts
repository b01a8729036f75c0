import type { Message, Reaction, TimelineEntry } from '@atrium/contracts';

/**
 * A message as a window holds it. Replies are counted by entries, and a page that came meanwhile may already contain
 * some of them: `countedTo` is the last entry known to be counted, or undefined while only the page knows.
 */
export type Held = { message: Message; countedTo: number | undefined };
type Find = (id: string) => Held | undefined;
type Entry<T extends TimelineEntry['type']> = Extract<TimelineEntry, { type: T }>;

export const held = (message: Message, from: 'page' | 'entry'): Held => ({
  message,
  countedTo: from === 'entry' ? message.seq : undefined,
});

/**
 * What an entry does to messages that are held; nothing when it is about none of them.
 * @param userId whose own reactions are marked
 */
export function applyToHeld(entry: TimelineEntry, find: Find, userId: string | undefined): Held[] {
  return changesOf(entry, find, userId).filter((change) => change !== undefined);
}

function changesOf(entry: TimelineEntry, find: Find, userId: string | undefined): (Held | undefined)[] {
  switch (entry.type) {
    case 'message.created':
      return entry.message.parentId === undefined ? [] : [countReply(entry.message, find(entry.message.parentId))];
    case 'message.edited':
      return entry.message ? [replaceContent(entry.message, find(entry.messageId))] : [];
    case 'message.deleted':
      return [tombstone(entry, find(entry.messageId)), entry.thread && recount(entry, find(entry.thread.rootId))];
    case 'message.pinned':
      return [pin(entry, find(entry.messageId))];
    case 'message.unpinned': {
      const known = find(entry.messageId);
      return [known && { ...known, message: withoutPin(known.message) }];
    }
    case 'reaction.added':
    case 'reaction.removed':
      return [react(entry, find(entry.messageId), userId)];
    default:
      return [];
  }
}

function countReply(reply: Message, root: Held | undefined): Held | undefined {
  if (!root) return undefined;
  const { message, countedTo } = root;
  const counted = countedTo === undefined ? (message.lastReplyAt ?? '') >= reply.createdAt : countedTo >= reply.seq;
  if (counted) return undefined;
  return {
    message: { ...message, replyCount: message.replyCount + 1, lastReplyAt: reply.createdAt },
    countedTo: reply.seq,
  };
}

/** The entry says how often the root was answered then; later replies are counted from there, by entries that follow. */
function recount(entry: Entry<'message.deleted'>, root: Held | undefined): Held | undefined {
  if (!root || !entry.thread || (root.countedTo !== undefined && root.countedTo >= entry.seq)) return undefined;
  const { lastReplyAt: _at, ...rest } = root.message;
  const { replyCount, lastReplyAt } = entry.thread;
  return { message: { ...rest, replyCount, ...(lastReplyAt === null ? {} : { lastReplyAt }) }, countedTo: entry.seq };
}

/** An edit changes what is said, and nothing else: not how often it was answered, not what people think of it. */
export function replaceContent(edited: Message, known: Held | undefined): Held | undefined {
  if (!known || known.message.deletedAt !== undefined || edited.version < known.message.version) return undefined;
  const { html: _html, ...rest } = known.message;
  const { body, html, mentions, version, editedAt } = edited;
  return {
    ...known,
    message: { ...rest, body, mentions, version, ...(html === undefined ? {} : { html }), ...(editedAt ? { editedAt } : {}) },
  };
}

function tombstone(entry: Entry<'message.deleted'>, known: Held | undefined): Held | undefined {
  if (!known) return undefined;
  const { html: _html, ...message } = withoutPin(known.message);
  const mentions = { userIds: [], room: false, here: false, moderators: false };
  return { ...known, message: { ...message, body: '', mentions, files: [], reactions: [], deletedAt: entry.at } };
}

/** The entry itself says when and by whom; the message is left out for rooms whose past is not everyone's. */
function pin(entry: Entry<'message.pinned'>, known: Held | undefined): Held | undefined {
  const { pinnedAt = entry.at, pinnedBy = entry.actorId } = entry.message ?? {};
  return known && { ...known, message: { ...known.message, pinnedAt, ...(pinnedBy ? { pinnedBy } : {}) } };
}

function withoutPin(message: Message): Message {
  const { pinnedAt: _at, pinnedBy: _by, ...rest } = message;
  return rest;
}

/** The first of an emoji comes last of all emoji; the entry says how the message stands with it. */
function react(entry: Entry<'reaction.added' | 'reaction.removed'>, known: Held | undefined, userId: string | undefined): Held | undefined {
  if (!known || known.message.deletedAt !== undefined) return undefined;
  const { emoji, count, userIds } = entry;
  const { reactions } = known.message;
  const before = reactions.find((reaction) => reaction.emoji === emoji);
  const mine = entry.userId === userId ? entry.type === 'reaction.added' : (before?.mine ?? false);
  const now: Reaction = { emoji, count, userIds, ...(userId !== undefined && { mine }) };
  const others = reactions.filter((reaction) => reaction !== before);
  const isFirst = entry.type === 'reaction.added' && count === 1;
  const changed =
    before && count > 0 && !isFirst ? reactions.map((one) => (one === before ? now : one)) : [...others, ...(count > 0 ? [now] : [])];
  return { ...known, message: { ...known.message, reactions: changed } };
}
