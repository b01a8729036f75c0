import type { StoredMessage } from '@atrium/bus';
import type { Message, TimelineEntry } from '@atrium/contracts';
import { COMMITS_SUBJECT, encodeCommit, encodeTimeline, type TimelineHeader } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';

/** What the contract says of one entry beside its place in the log. */
export type EntryBody = TimelineEntry extends infer E ? (E extends TimelineEntry ? Omit<E, 'seq' | 'at' | 'actorId'> : never) : never;

/** An entry that is about to be stored: who caused it and what it says; `at` where the change itself keeps its time. */
export type NewEntry = { actorId: string | null; body: EntryBody; messageId?: string; at?: string };

/** Encodes one entry as every client receives it; done once, whatever the number of readers. */
export function encodeEntry(entry: TimelineEntry): string {
  return JSON.stringify(entry);
}

/** The entry that a stored message is. */
export function messageEntry(message: Message): TimelineEntry {
  return { seq: message.seq, type: 'message.created', at: message.createdAt, actorId: message.authorId, message };
}

/** What one commit adds to one room, encoded once for every reader. */
export type RoomTimeline = { header: TimelineHeader; encoded: string };

export function roomTimeline(header: TimelineHeader, entries: readonly string[]): RoomTimeline {
  return { header, encoded: encodeTimeline(header, entries) };
}

/** A commit as durable readers get it, and the pointer to it that the outbox holds: one, however many rooms it adds to. */
export type Commit = StoredMessage & { pointer: string };

export function commitOf(timelines: readonly RoomTimeline[]): Commit {
  return {
    id: uuidv7(),
    subject: COMMITS_SUBJECT,
    payload: encodeCommit(timelines.map(({ encoded }) => encoded)),
    pointer: JSON.stringify(timelines.map(({ header }) => header)),
  };
}
