import type { Reaction } from '@atrium/contracts';

/** How many of those who reacted a message names. */
export const NAMED = 20;

/** The summary after somebody reacted: a new emoji comes last. */
export function withReaction(summary: readonly Reaction[], emoji: string, userId: string): Reaction[] {
  if (!summary.some((reaction) => reaction.emoji === emoji)) return [...summary, { emoji, count: 1, userIds: [userId] }];
  return summary.map((reaction) =>
    reaction.emoji === emoji
      ? { emoji, count: reaction.count + 1, userIds: reaction.userIds.length < NAMED ? [...reaction.userIds, userId] : reaction.userIds }
      : reaction,
  );
}

/** The summary after somebody took their reaction back. @param first who reacted first of those who are left */
export function withoutReaction(summary: readonly Reaction[], emoji: string, first: readonly string[]): Reaction[] {
  return summary
    .map((reaction) => (reaction.emoji === emoji ? { emoji, count: reaction.count - 1, userIds: [...first] } : reaction))
    .filter(({ count }) => count > 0);
}
