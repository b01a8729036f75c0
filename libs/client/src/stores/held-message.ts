import type { Message, TimelineEntry } from '@atrium/contracts';

/**
 * A message as a window holds it. Replies are counted by entries, and a page that came meanwhile may already contain
 * some of them: `countedTo` is the last reply entry known to be counted, or undefined while only the page knows.
 */
export type Held = { message: Message; countedTo: number | undefined };

export const held = (message: Message, from: 'page' | 'entry'): Held => ({
  message,
  countedTo: from === 'entry' ? message.seq : undefined,
});

/** What an entry does to a message that is held; nothing when it is about none of them. */
export function applyToHeld(entry: TimelineEntry, find: (id: string) => Held | undefined): Held | undefined {
  switch (entry.type) {
    case 'message.created':
      return entry.message.parentId === undefined ? undefined : countReply(entry.message, find(entry.message.parentId));
    case 'message.edited':
      return replaceContent(entry.message, find(entry.message.id));
    case 'message.deleted': {
      const known = find(entry.messageId);
      return known && tombstone(known, entry);
    }
    case 'message.pinned': {
      // The entry itself says when and by whom; the message is left out for rooms whose past is not everyone's.
      const { pinnedAt = entry.at, pinnedBy = entry.actorId } = entry.message ?? {};
      const known = find(entry.messageId);
      return known && { ...known, message: { ...known.message, pinnedAt, ...(pinnedBy ? { pinnedBy } : {}) } };
    }
    case 'message.unpinned': {
      const known = find(entry.messageId);
      return known && { ...known, message: withoutPin(known.message) };
    }
    default:
      return undefined;
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

/** An edit changes what is said, never how often it was answered. */
function replaceContent(edited: Message, known: Held | undefined): Held | undefined {
  if (!known || edited.version < known.message.version) return undefined;
  const { replyCount, lastReplyAt } = known.message;
  return { ...known, message: { ...edited, replyCount, ...(lastReplyAt ? { lastReplyAt } : {}) } };
}

function tombstone(known: Held, entry: Extract<TimelineEntry, { type: 'message.deleted' }>): Held {
  const message = withoutPin(known.message);
  return { ...known, message: { ...message, body: '', files: [], reactions: [], deletedAt: entry.message?.deletedAt ?? entry.at } };
}

function withoutPin(message: Message): Message {
  const { pinnedAt: _at, pinnedBy: _by, ...rest } = message;
  return rest;
}
