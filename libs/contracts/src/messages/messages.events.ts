import { z } from 'zod';
import { defineSignals } from '../define.ts';
import { Id, Seq } from '../values.ts';

/**
 * The subject on which one room's entries travel, captured by the JetStream stream TIMELINE. The id is ours, never
 * user text.
 */
export const timelineSubject = (roomId: string) => `timeline.${roomId}`;
export const TIMELINE_SUBJECTS = 'timeline.*';

/**
 * A commit's entries of one room as they travel: a header line, then the encoded entries joined by commas, so that
 * a gateway frames them without decoding. `removed` names users who lost the room with one of these entries and the
 * seq of that entry; they get nothing after it.
 */
export const TimelineHeader = z.object({
  roomId: Id,
  fromSeq: Seq,
  toSeq: Seq,
  removed: z.array(z.object({ userId: Id, seq: Seq })).optional(),
  archived: z.boolean().optional(),
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

export const messageSignals = defineSignals('messages', {
  /** A user's marker moved: all of that user's devices follow. */
  read: z.object({
    userId: Id,
    roomId: Id,
    readSeq: Seq,
    threadId: Id.optional(),
    unread: z.int(),
    mentions: z.int(),
    threadUnread: z.int(),
  }),
  /** Someone was named in a message. */
  mentioned: z.object({ userId: Id, roomId: Id, messageId: Id, seq: Seq, reasons: z.array(z.string()) }),
});
