import type { NotificationReason } from '@atrium/contracts';

/** The strongest reason speaks for all. */
const ORDER: readonly NotificationReason[] = ['mention', 'direct', 'moderators', 'here', 'room', 'thread', 'reaction'];
const WORDS: Record<NotificationReason, string> = {
  mention: 'mentioned you',
  direct: 'wrote to you',
  moderators: 'called the moderators',
  here: 'called everyone online',
  room: 'called everyone',
  thread: 'answered in a thread',
  reaction: 'reacted to your message',
};

/** Why somebody is told of a message, in words. */
export function sayWhy(author: string, reasons: readonly NotificationReason[]): string {
  const strongest = ORDER.find((reason) => reasons.includes(reason)) ?? 'mention';
  return `${author} ${WORDS[strongest]}`;
}
