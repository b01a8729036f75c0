import { AppError, MAX_BODY_LENGTH, type Attachment, type Mentions, type Message } from '@atrium/contracts';
import type { RoomRole } from '@atrium/contracts';
import { NO_MENTIONS } from '../messages/message.row.ts';
import { mentionsOf } from './named.ts';
import { slowModeRefusal } from './slow-mode.ts';

/** One send as it waits for its batch. */
export type Send = {
  id: string;
  roomId: string;
  authorId: string;
  body: string;
  /** The candidates of each place where the body may name somebody; read once, before the batch. */
  named: readonly string[][];
  /** Who of the room is online, for a message that calls them. */
  online?: readonly string[];
  clientId?: string;
  parentId?: string;
  /** Shows a reply in the room as well. */
  alsoInRoom?: boolean;
  fileIds: readonly string[];
  /** Posts of the room bot: no membership, no mute, no slow mode, and no mentions unless they were let name somebody. */
  asBot: boolean;
  /** A bot with an account of its own: a member like others, but for what is said of bots. */
  byBot?: boolean;
  /** Epoch milliseconds after which nobody waits for it. */
  deadlineAt: number;
};

export type RoomFacts = {
  lastSeq: number;
  whoCanPost: string;
  slowModeSeconds: number;
  archived: boolean;
  botEnabled: boolean;
  isDirect: boolean;
  memberCount: number;
};
/** `visibleFrom` is the first `seq` the author may see. */
export type AuthorFacts = { role: RoomRole; mutedUntil: Date | null; lastSentAt: Date | null; visibleFrom: number };
export type ParentFacts = { rootId: string; roomId: string; rootSeq: number; rootAuthorId: string; deleted: boolean };
/** `draftOf` is the only one who may attach it, until it is sent. */
export type FileFacts = Attachment & { roomId: string; addedSeq: number; draftOf: string | null };

/** What was read under the rooms' locks; keys of two ids are joined by `pairKey`. */
export type BatchFacts = {
  rooms: ReadonlyMap<string, RoomFacts>;
  authors: ReadonlyMap<string, AuthorFacts>;
  /** Messages stored before under `clientKey`. */
  earlier: ReadonlyMap<string, Message>;
  parents: ReadonlyMap<string, ParentFacts>;
  files: ReadonlyMap<string, FileFacts>;
  /** User ids by `pairKey(roomId, username)`. */
  usernames: ReadonlyMap<string, string>;
};

export type Decision =
  /** `drafts`: attachments that the room gets to know with this message. `here`: who is called by being online. */
  | { kind: 'store'; message: Message; parent?: ParentFacts; drafts?: readonly string[]; here?: readonly string[]; isDirect?: boolean }
  | { kind: 'repeat'; message: Message }
  /** `doubtful`: the projection may be behind; the rooms service has the last word. */
  | { kind: 'refuse'; error: AppError; doubtful: boolean };

export const pairKey = (a: string, b: string) => `${a}:${b}`;
export const clientKey = (send: { roomId: string; authorId: string; clientId?: string }) =>
  send.clientId === undefined ? undefined : `${send.roomId}:${send.authorId}:${send.clientId}`;

/**
 * Decides a whole batch in order: who may post, what repeats an earlier send, and which `seq` each message gets.
 * Pure: everything it needs was read while the rooms were locked.
 */
export function decideSends(sends: readonly Send[], facts: BatchFacts, now: Date): Decision[] {
  const heads = new Map<string, number>();
  const earlier = new EarlierSends(facts.earlier);
  const authors = new Map(facts.authors);
  const asOfNow = { ...facts, authors };
  const createdAt = now.toISOString();
  return sends.map((send) => {
    const stranger = strangerRefusal(send, facts);
    if (stranger) return stranger;
    const repeated = earlier.find(send);
    if (repeated) return repeatOf(repeated, send, facts);
    const refusal = refusalOf(send, asOfNow, now);
    if (refusal) return refusal;
    const room = facts.rooms.get(send.roomId)!;
    const seq = (heads.get(send.roomId) ?? room.lastSeq) + 1;
    heads.set(send.roomId, seq);
    const parent = send.parentId === undefined ? undefined : facts.parents.get(send.parentId);
    const message = newMessage(send, facts, { seq, createdAt, rootId: parent?.rootId });
    earlier.add(message);
    if (room.slowModeSeconds > 0) noteSent(authors, send, now);
    const drafts = send.fileIds.filter((fileId) => facts.files.get(fileId)?.draftOf != null);
    return { kind: 'store', message, ...(parent && { parent }), ...(drafts.length > 0 && { drafts }), ...audienceOf(message, send, facts) };
  });
}

/** What was stored before under the id that a client gave it, in this batch too, where it is sought by that id alone. */
class EarlierSends {
  private readonly inThisBatch = new Map<string, Message[]>();

  constructor(private readonly stored: ReadonlyMap<string, Message>) {}

  find(send: Send): Message | undefined {
    if (send.clientId === undefined) return undefined;
    const stored = this.stored.size > 0 ? this.stored.get(clientKey(send)!) : undefined;
    const isSame = ({ roomId, authorId }: Message) => roomId === send.roomId && authorId === send.authorId;
    return stored ?? this.inThisBatch.get(send.clientId)?.find(isSame);
  }

  add(message: Message): void {
    if (message.clientId === undefined) return;
    const others = this.inThisBatch.get(message.clientId);
    if (others) others.push(message);
    else this.inThisBatch.set(message.clientId, [message]);
  }
}

function noteSent(authors: Map<string, AuthorFacts>, { roomId, authorId }: Send, now: Date): void {
  const key = pairKey(roomId, authorId);
  const author = authors.get(key);
  if (author) authors.set(key, { ...author, lastSentAt: now });
}

function audienceOf({ mentions }: Message, send: Send, facts: BatchFacts): { here?: readonly string[]; isDirect?: boolean } {
  return { ...(mentions.here && send.online && { here: send.online }), ...(facts.rooms.get(send.roomId)!.isDirect && { isDirect: true }) };
}

/** First of all, so that whoever is not in the room learns nothing of it, not even what became of a message of theirs. */
function strangerRefusal(send: Send, facts: BatchFacts): Decision | undefined {
  const known = facts.rooms.has(send.roomId);
  if (known && (send.asBot || facts.authors.has(pairKey(send.roomId, send.authorId)))) return undefined;
  return { kind: 'refuse', error: new AppError(known ? 'not_a_member' : 'room_not_found'), doubtful: true };
}

function repeatOf(earlier: Message, send: Send, facts: BatchFacts): Decision {
  const sameThread = earlier.parentId === (send.parentId === undefined ? undefined : facts.parents.get(send.parentId)?.rootId);
  const sameRoom = send.parentId === undefined || (earlier.alsoInRoom ?? false) === (send.alsoInRoom ?? false);
  const sameBody = earlier.deletedAt !== undefined || earlier.editedAt !== undefined || earlier.body === send.body;
  if (sameThread && sameRoom && sameBody) return { kind: 'repeat', message: earlier };
  const error = new AppError('idempotency_conflict', 'This clientId was used for another message. Use a new one for each message.');
  return { kind: 'refuse', error, doubtful: false };
}

function refusalOf(send: Send, facts: BatchFacts, now: Date): Decision | undefined {
  const error = contentRefusal(send, facts);
  if (error) return { kind: 'refuse', error, doubtful: false };
  const refused = (error: AppError, doubtful = true): Decision => ({ kind: 'refuse', error, doubtful });
  const room = facts.rooms.get(send.roomId)!;
  if (room.archived) return refused(new AppError('room_archived'));
  if (send.asBot) return room.botEnabled ? undefined : refused(new AppError('forbidden', 'The bot is switched off in this room.'));
  if (send.byBot && !room.botEnabled) return refused(new AppError('forbidden', 'Bots are switched off in this room.'));
  const author = facts.authors.get(pairKey(send.roomId, send.authorId))!;
  if (author.mutedUntil && author.mutedUntil > now) {
    const mutedUntil = author.mutedUntil.toISOString();
    return refused(new AppError('muted', `You are muted in this room until ${mutedUntil}.`, { mutedUntil }));
  }
  if (room.whoCanPost === 'moderators' && author.role === 'member') return refused(new AppError('posting_restricted'));
  const tooSoon = send.byBot ? undefined : slowModeRefusal({ ...author, slowModeSeconds: room.slowModeSeconds }, now);
  return tooSoon && refused(tooSoon, false);
}

function contentRefusal(send: Send, facts: BatchFacts): AppError | undefined {
  const tooLong = send.asBot ? undefined : lengthRefusal(send.body);
  if (tooLong) return tooLong;
  if (send.body === '' && send.fileIds.length === 0) {
    const errors = [{ path: 'body', message: 'must not be empty unless a file is attached' }];
    return new AppError('validation_failed', 'body: must not be empty unless a file is attached', { errors });
  }
  const parent = send.parentId === undefined ? undefined : facts.parents.get(send.parentId);
  const visibleFrom = facts.authors.get(pairKey(send.roomId, send.authorId))?.visibleFrom ?? 0;
  if (send.parentId !== undefined && (!parent || parent.roomId !== send.roomId || parent.rootSeq < visibleFrom)) {
    return new AppError('message_not_found', 'The message to reply to does not exist in this room.');
  }
  const attached = send.fileIds.map((fileId) => facts.files.get(fileId));
  const mayAttach = (file: FileFacts | undefined) =>
    file?.roomId === send.roomId && file.addedSeq >= visibleFrom && (file.draftOf === null || file.draftOf === send.authorId);
  if (!attached.every(mayAttach)) {
    return new AppError('file_not_found', 'An attached file does not exist in this room.');
  }
  return undefined;
}

/** Counted in code points. Asked before anything looks into the body, which may be many times too long. */
export function lengthRefusal(body: string): AppError | undefined {
  const length = body.length > MAX_BODY_LENGTH ? [...body].length : body.length;
  if (length <= MAX_BODY_LENGTH) return undefined;
  return new AppError('message_too_long', `The message has ${length} characters; at most ${MAX_BODY_LENGTH} are allowed.`);
}

function newMessage(send: Send, facts: BatchFacts, place: { seq: number; createdAt: string; rootId?: string }): Message {
  return {
    id: send.id,
    roomId: send.roomId,
    seq: place.seq,
    ...(send.clientId !== undefined && { clientId: send.clientId }),
    authorId: send.authorId,
    kind: send.asBot || send.byBot ? 'bot' : 'text',
    body: send.body,
    mentions: calledBy(send, facts),
    ...(place.rootId !== undefined && { parentId: place.rootId, ...(send.alsoInRoom && { alsoInRoom: true }) }),
    replyCount: 0,
    files: send.fileIds.map((fileId) => attachmentOf(facts.files.get(fileId)!)),
    reactions: [],
    version: 1,
    createdAt: place.createdAt,
  };
}

/** What a message shows of a file. */
export function attachmentOf({ roomId: _room, addedSeq: _added, draftOf: _draft, ...attachment }: FileFacts): Attachment {
  return attachment;
}

function calledBy(send: Send, facts: BatchFacts): Mentions {
  if (send.named.length === 0) return NO_MENTIONS;
  const role = facts.authors.get(pairKey(send.roomId, send.authorId))?.role;
  const { memberCount } = facts.rooms.get(send.roomId)!;
  return mentionsOf(send.named, (username) => facts.usernames.get(pairKey(send.roomId, username)), { role, memberCount });
}
