import { BOT_USER_ID, type Message, type TimelineEntry } from '@atrium/contracts';

/** Older than this, an answer would surprise more than it helps: the conversation has moved on. */
export const STALE_AFTER_MS = 2 * 60_000;

/**
 * The message an entry may want answered. Only what a person wrote, and only lately: posts of the bot or of the system
 * trigger nothing, so two bots cannot talk each other into a loop.
 */
export function messageToConsider(entry: TimelineEntry, nowMs: number): Message | null {
  if (entry.type !== 'message.created') return null;
  const { message } = entry;
  if (message.kind !== 'text' || message.authorId === BOT_USER_ID || message.deletedAt !== undefined) return null;
  return nowMs - Date.parse(message.createdAt) <= STALE_AFTER_MS ? message : null;
}
