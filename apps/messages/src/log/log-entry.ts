import type { Message, TimelineEntry } from '@atrium/contracts';
import { encodeTimeline, timelineSubject, type TimelineHeader } from '@atrium/contracts';

/** What the contract says of one entry beside its place in the log. */
export type EntryBody = TimelineEntry extends infer E ? (E extends TimelineEntry ? Omit<E, 'seq' | 'at' | 'actorId'> : never) : never;

/** An entry that is about to be stored: who caused it and what it says. */
export type NewEntry = { actorId: string | null; body: EntryBody; messageId?: string };

/** Encodes one entry as every client receives it; done once, whatever the number of readers. */
export function encodeEntry(entry: TimelineEntry): string {
  return JSON.stringify(entry);
}

/** The entry that a stored message is. */
export function messageEntry(message: Message): TimelineEntry {
  return { seq: message.seq, type: 'message.created', at: message.createdAt, actorId: message.authorId, message };
}

/** Joins one commit's entries of one room into what travels on the room's subject. */
export function timelineRow(header: TimelineHeader, encoded: readonly string[]): { subject: string; payload: string } {
  return { subject: timelineSubject(header.roomId), payload: encodeTimeline(header, encoded) };
}
