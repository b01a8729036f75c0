import { t } from '@lingui/core/macro';
import type { NotificationReason } from '@atrium/contracts';

/** The strongest reason speaks for all. */
const ORDER: readonly NotificationReason[] = ['mention', 'direct', 'moderators', 'here', 'room', 'thread', 'reaction'];
const words = (): Record<NotificationReason, string> => ({
  mention: t`mentioned you`,
  direct: t`wrote to you`,
  moderators: t`called the moderators`,
  here: t`called everyone online`,
  room: t`called everyone`,
  thread: t`answered in a thread`,
  reaction: t`reacted to your message`,
});

/** Why somebody is told of a message, in words. */
export function sayWhy(author: string, reasons: readonly NotificationReason[]): string {
  const strongest = ORDER.find((reason) => reasons.includes(reason)) ?? 'mention';
  return `${author} ${words()[strongest]}`;
}
