import { z } from 'zod';
import { defineEvents, defineSignals } from '../define.ts';
import { Id, Instant, Seq } from '../values.ts';
import { Draft } from './drafts.rpc.ts';
import { ScheduledMessage } from './scheduled.rpc.ts';
import { Notification, NotifyLevel, Preferences, RoomNotify } from './notifications.schema.ts';

/**
 * The subject on which one room's entries travel live, plain NATS: what is lost is seen by its `seq` and read back.
 * The id is ours, never user text.
 */
export const timelineSubject = (roomId: string) => `timeline.${roomId}`;
export const TIMELINE_SUBJECTS = 'timeline.*';

/** The subject on which every commit to the log travels durably, captured by the JetStream stream LOG. */
export const COMMITS_SUBJECT = 'log.commits';

/**
 * A commit's entries of one room as they travel: a header line, then the encoded entries joined by commas, so that
 * a gateway frames them without decoding. `removed` names users who lost the room with one of these entries and the
 * seq of that entry; they get nothing after it. `plain` says that every entry is a new message and none begins with a
 * slash: who looks for commands, or for changes of the room, finds neither.
 */
export const TimelineHeader = z.object({
  roomId: Id,
  fromSeq: Seq,
  toSeq: Seq,
  removed: z.array(z.object({ userId: Id, seq: Seq })).optional(),
  archived: z.boolean().optional(),
  plain: z.boolean().optional(),
});
export type TimelineHeader = z.output<typeof TimelineHeader>;

/** Joins header and encoded entries into the bytes of one timeline message. */
export function encodeTimeline(header: TimelineHeader, encodedEntries: readonly string[]): string {
  return `${JSON.stringify(header)}\n${encodedEntries.join(',')}`;
}

/** Splits what `encodeTimeline` joined; `entries` stays encoded: `{…},{…}`. Throws on bytes of another form. */
export function decodeTimeline(text: string): { header: TimelineHeader; entries: string } {
  const end = text.indexOf('\n');
  if (end < 0) throw new Error('a timeline message has no header line');
  return { header: TimelineHeader.parse(JSON.parse(text.slice(0, end))), entries: text.slice(end + 1) };
}

/** A whole commit as durable readers get it: what each room gains by it, as `encodeTimeline` wrote it, line after line. */
export function encodeCommit(timelines: readonly string[]): string {
  return timelines.join('\n');
}

/** Splits what `encodeCommit` joined into what each room gained. Throws on bytes of another form. */
export function decodeCommit(text: string): { header: TimelineHeader; entries: string }[] {
  // JSON has no raw line breaks, so lines alternate: a header, its entries.
  const lines = text.split('\n');
  if (lines.length % 2 !== 0) throw new Error('a commit has a header line without entries');
  return Array.from({ length: lines.length / 2 }, (_, i) => decodeTimeline(`${lines[2 * i]}\n${lines[2 * i + 1]}`));
}

/** How often each instance tells the canary. */
export const CANARY_EVERY_MS = 5000;

export const messageEvents = defineEvents(
  'messages',
  {
    /** Says nothing but that the way from the database through the outbox and NATS is open; gateways are unready without it. */
    canary: z.object({ at: Instant }),
    /** Files that only their uploader could see have gone out with a message. Told again until files has said so of them. */
    attached: z.object({ roomId: Id, messageId: Id, authorId: Id, fileIds: z.array(Id), at: Instant }),
  },
  { key: 'roomId' },
);

export const messageSignals = defineSignals('messages', {
  /** A user's marker moved: all of that user's devices follow. */
  read: z.object({
    userId: Id,
    roomId: Id,
    readSeq: Seq,
    lastSeq: Seq.optional(),
    threadId: Id.optional(),
    unread: z.int(),
    mentions: z.int(),
    threadUnread: z.int(),
  }),
  /** A thread was answered: those of its followers who are connected learn how they stand with the room. */
  threadReplied: z.object({ roomId: Id, rootId: Id, seq: Seq, userIds: z.array(Id) }),
  /** Someone follows the thread of a root message, or has left it, on one of their devices. */
  followed: z.object({ userId: Id, roomId: Id, messageId: Id, following: z.boolean() }),
  /** Someone keeps a message for later, or does no longer. */
  saved: z.object({ userId: Id, roomId: Id, messageId: Id, saved: z.boolean() }),
  /** What someone has written and not sent changed on one of their devices. */
  drafted: Draft.extend({ userId: Id }),
  /** A scheduled message changed; null once it was sent or cancelled. */
  scheduleChanged: z.object({ userId: Id, roomId: Id, id: Id, scheduled: ScheduledMessage.nullable() }),
  /** Someone is told of a message, unless quietly: then nothing rings. */
  notified: z.object({ userId: Id, quiet: z.boolean(), notification: Notification }),
  /** Everyone in a room is told of a message, but for these; for the quiet ones nothing rings. */
  roomCalled: z.object({ except: z.array(Id), quiet: z.array(Id).optional(), notification: Notification }),
  /** Someone has read what they were told of; `unread` is what is left. */
  notificationsRead: z.object({ userId: Id, unread: z.int() }),
  preferencesChanged: z.object({ userId: Id, preferences: Preferences }),
  /** Someone wants to be told otherwise of one room. */
  notifyChanged: RoomNotify.extend({ userId: Id, roomId: Id, notify: NotifyLevel, version: z.int().optional() }),
  /** Someone has left a direct room, which hides it until the next message. */
  roomHidden: z.object({ userId: Id, roomId: Id }),
  /** A direct room is back in the lists of these people. */
  roomReopened: z.object({ roomId: Id, userIds: z.array(Id) }),
});
