import type { Message, Reaction, TimelineEntry } from '@atrium/contracts';

/**
 * A message as a window holds it. Replies are counted by entries, and a page that came meanwhile may already contain
 * some of them: `countedTo` is the last entry known to be counted, or undefined while only the page knows.
 */
export type Held = { message: Message; countedTo: number | undefined };
/** Where messages that are held are found: by their id, or by a file that is attached to them. */
export type Known = { find: (id: string) => Held | undefined; withFile: (fileId: string) => Iterable<Held> };
type Entry<T extends TimelineEntry['type']> = Extract<TimelineEntry, { type: T }>;

export const held = (message: Message, from: 'page' | 'entry'): Held => ({
  message,
  countedTo: from === 'entry' ? message.seq : undefined,
});

/**
 * What an entry does to messages that are held; nothing when it is about none of them.
 * @param userId whose own reactions are marked
 */
export function applyToHeld(entry: TimelineEntry, known: Known, userId: string | undefined): Held[] {
  return changesOf(entry, known, userId).filter((change) => change !== undefined);
}

/** The one message that is held, to be found like many. */
export const onlyKnown = (one: Held | undefined): Known => ({
  find: (id) => (one?.message.id === id ? one : undefined),
  withFile: (fileId) => (one && hasFile(one.message, fileId) ? [one] : []),
});

/** Whether a file is attached to a message. */
export const hasFile = ({ files }: Message, fileId: string): boolean => files.some(({ id }) => id === fileId);

type Untold = Extract<TimelineEntry, { type: 'message.edited' | 'message.previewed' }>;

/** Whether an entry could not say to everyone in the room what its message says or shows now. */
export const isUntold = (entry: TimelineEntry): entry is Untold =>
  (entry.type === 'message.edited' || entry.type === 'message.previewed') && !entry.message;

function changesOf(entry: TimelineEntry, { find, withFile }: Known, userId: string | undefined): (Held | undefined)[] {
  switch (entry.type) {
    case 'message.created':
      return entry.message.parentId === undefined ? [] : [countReply(entry.message, find(entry.message.parentId))];
    case 'message.edited':
      return entry.message ? [replaceContent(entry.message, find(entry.messageId))] : [];
    case 'message.deleted':
      return [tombstone(entry, find(entry.messageId)), entry.thread && recount(entry, find(entry.thread.rootId))];
    case 'message.previewed':
      return [entry.message && preview(entry.message, find(entry.messageId))];
    case 'message.pinned':
      return [pin(entry, find(entry.messageId))];
    case 'message.unpinned': {
      const known = find(entry.messageId);
      return [known && { ...known, message: withoutPin(known.message) }];
    }
    case 'reaction.added':
    case 'reaction.removed':
      return [react(entry, find(entry.messageId), userId)];
    case 'file.status':
    case 'file.deleted':
      return [...withFile(entry.fileId)].map((known) => attached(entry, known));
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

/**
 * An edit changes what is said, and nothing else: not how often it was answered, not what people think of it. Of what was
 * deleted meanwhile it only says that there was one.
 */
export function replaceContent(edited: Message, known: Held | undefined): Held | undefined {
  if (!known || edited.version < known.message.version) return undefined;
  const { previews: _previews, ...rest } = known.message;
  const { body, mentions, version, editedAt, previews } = edited;
  if (rest.deletedAt !== undefined) return { ...known, message: { ...rest, version, ...(editedAt ? { editedAt } : {}) } };
  return {
    ...known,
    message: {
      ...rest,
      body,
      mentions,
      version,
      ...(editedAt ? { editedAt } : {}),
      ...(previews ? { previews } : {}),
    },
  };
}

function tombstone(entry: Entry<'message.deleted'>, known: Held | undefined): Held | undefined {
  if (!known) return undefined;
  const { previews: _previews, ...message } = withoutPin(known.message);
  const mentions = { userIds: [], room: false, here: false, moderators: false };
  return { ...known, message: { ...message, body: '', mentions, files: [], reactions: [], deletedAt: entry.at } };
}

/** What a message shows of its files follows them; one that is deleted is shown nowhere. */
function attached(entry: Entry<'file.status' | 'file.deleted'>, known: Held): Held {
  const { message } = known;
  if (entry.type === 'file.deleted')
    return { ...known, message: { ...message, files: message.files.filter(({ id }) => id !== entry.fileId) } };
  const { status, file: { name, contentType, size, threat } = {} } = entry;
  const now = {
    status,
    ...(name !== undefined && { name }),
    ...(contentType !== undefined && { contentType }),
    ...(size !== undefined && { size }),
    ...(threat !== undefined && { threat }),
  };
  return { ...known, message: { ...message, files: message.files.map((file) => (file.id === entry.fileId ? { ...file, ...now } : file)) } };
}

function preview({ previews }: Message, known: Held | undefined): Held | undefined {
  if (!known || known.message.deletedAt !== undefined) return undefined;
  const { previews: _before, ...message } = known.message;
  return { ...known, message: { ...message, ...(previews ? { previews } : {}) } };
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
