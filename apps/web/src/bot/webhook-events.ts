import { WebhookEvent } from '@atrium/contracts';

const LABELS: Record<WebhookEventName, string> = {
  'message.created': 'New messages',
  'message.edited': 'Edited messages',
  'message.deleted': 'Deleted messages',
  'message.previewed': 'Previews of links',
  'message.pinned': 'Pins',
  'message.unpinned': 'Removed pins',
  'reaction.added': 'Reactions',
  'reaction.removed': 'Removed reactions',
  'member.joined': 'Joins',
  'member.left': 'Departures',
  'member.kicked': 'Removals',
  'member.banned': 'Bans',
  'member.unbanned': 'Lifted bans',
  'member.muted': 'Mutes',
  'member.role': 'Changes of role',
  'host.changed': 'A new host',
  'room.updated': 'Changes of the room',
  'bot.toggled': 'The bot, on or off',
  'file.added': 'New files',
  'file.status': 'Progress of files',
  'file.deleted': 'Deleted files',
  'messages.inspected': 'Admins who read',
};
type WebhookEventName = (typeof WebhookEvent.options)[number];

/** What an outgoing webhook can be told of, in words. */
export const eventChoices = WebhookEvent.options.map((value) => ({ value, label: LABELS[value] }));

export const readEvents = (values: readonly string[]): WebhookEventName[] =>
  WebhookEvent.options.filter((option) => values.includes(option));
