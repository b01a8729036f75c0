import { decodeTimeline, type TimelineHeader } from '@atrium/contracts';
import { frameText } from '../sockets/frame.ts';

/** Consecutive entries of one room, still encoded: `{…},{…}`. */
export type Batch = {
  from: number;
  to: number;
  text: string;
  /** Who lost the room with one of these entries, and with which. */
  removed: readonly { userId: string; seq: number }[];
  archived: boolean;
};

export type RemovalReason = 'left' | 'kicked' | 'banned';

/** How someone lost the room, and what they are told of it. */
export type Removal = { reason: RemovalReason; words?: string; until?: string };

/** What we look at inside an entry, on the rare paths where we look at all. */
type Entry = {
  seq: number;
  type: string;
  userId?: string;
  reason?: string | null;
  until?: string | null;
  wasMember?: boolean;
  room?: { archivedAt?: string | null };
};

const REASONS: Record<string, RemovalReason> = { 'member.left': 'left', 'member.kicked': 'kicked', 'member.banned': 'banned' };

export function readBatch(bytes: string): { roomId: string; batch: Batch } {
  const { header, entries } = decodeTimeline(bytes);
  return { roomId: header.roomId, batch: fromHeader(header, entries) };
}

function fromHeader(header: TimelineHeader, text: string): Batch {
  return { from: header.fromSeq, to: header.toSeq, text, removed: header.removed ?? [], archived: header.archived ?? false };
}

/**
 * A batch from entries read back one by one, of which the first should be `from`. They come without a header, so what
 * it would say is read from them.
 * @throws Error when an entry is missing: the log was read while it grew, and passing on the rest would hide it for good
 */
export function batchOfEntries(encoded: readonly string[], from: number): Batch {
  const entries = encoded.map((text) => JSON.parse(text) as Entry);
  const missing = entries.findIndex(({ seq }, index) => seq !== from + index);
  if (missing >= 0) throw new Error(`entry ${from + missing} is missing`);
  return { from, to: from + entries.length - 1, text: encoded.join(','), ...effectsOf(entries) };
}

function effectsOf(entries: readonly Entry[]): Pick<Batch, 'removed' | 'archived'> {
  return {
    // Who is banned without having been in loses nothing.
    removed: entries
      .filter(({ type, wasMember }) => type in REASONS && wasMember !== false)
      .map(({ userId, seq }) => ({ userId: userId!, seq })),
    archived: entries.some(({ type, room }) => type === 'room.updated' && Boolean(room?.archivedAt)),
  };
}

/** The entries with `after < seq <= until`, or undefined when there are none. Decodes: for rare paths only. */
export function slice(batch: Batch, after: number, until = batch.to): Batch | undefined {
  if (after < batch.from && until >= batch.to) return batch;
  const from = Math.max(batch.from, after + 1);
  const to = Math.min(batch.to, until);
  if (from > to) return undefined;
  const kept = (JSON.parse(`[${batch.text}]`) as Entry[]).filter(({ seq }) => seq >= from && seq <= to);
  return { from, to, text: kept.map((entry) => JSON.stringify(entry)).join(','), ...effectsOf(kept) };
}

/** The text of a batch in parts of so many bytes; an entry that is larger is a part of its own. Decodes, likewise. */
export function* textsOf({ text }: Batch, maxBytes: number): Iterable<string> {
  if (Buffer.byteLength(text) <= maxBytes) return yield text;
  let part: string[] = [];
  let bytes = 0;
  for (const entry of JSON.parse(`[${text}]`) as Entry[]) {
    const encoded = JSON.stringify(entry);
    const length = Buffer.byteLength(encoded) + 1;
    if (part.length > 0 && bytes + length > maxBytes) {
      yield part.join(',');
      part = [];
      bytes = 0;
    }
    part.push(encoded);
    bytes += length;
  }
  yield part.join(',');
}

/** A frame of entries that are encoded already, joined by commas: `{…},{…}`. */
export function timelineFrame(roomId: string, entries: string): Buffer {
  return frameText(`{"event":"timeline","data":{"roomId":"${roomId}","entries":[${entries}]}}`);
}

/** How the entry with this `seq` took the room from someone. */
export function removalAt(batch: Batch, seq: number): Removal {
  const entry = (JSON.parse(`[${batch.text}]`) as Entry[]).find((candidate) => candidate.seq === seq);
  return {
    reason: (entry && REASONS[entry.type]) ?? 'left',
    ...(entry?.reason ? { words: entry.reason } : {}),
    ...(entry?.until ? { until: entry.until } : {}),
  };
}
