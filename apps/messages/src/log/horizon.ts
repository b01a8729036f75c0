import type { TimelineEntry } from '@atrium/contracts';

/** From where on somebody sees a room whose past is hidden from who came later; null where nothing is hidden. */
export type Horizon = { seq: number; at: Date } | null;

/** The entry without what it shows from before the horizon: a new entry may be about an old message or file. */
export function withinHorizon(entry: TimelineEntry, horizon: Horizon): TimelineEntry {
  if (horizon === null) return entry;
  if (
    entry.type === 'message.pinned' ||
    entry.type === 'message.unpinned' ||
    entry.type === 'message.edited' ||
    entry.type === 'message.previewed'
  ) {
    const { message, ...rest } = entry;
    return message && message.seq < horizon.seq ? rest : entry;
  }
  if (entry.type === 'file.status') {
    const { file, ...rest } = entry;
    return file && new Date(file.createdAt) < horizon.at ? rest : entry;
  }
  return entry;
}
