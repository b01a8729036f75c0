import { t } from '@lingui/core/macro';
import { WebhookEvent } from '@atrium/contracts';

const labels = (): Record<WebhookEventName, string> => ({
  'message.created': t`New messages`,
  'message.edited': t`Edited messages`,
  'message.deleted': t`Deleted messages`,
  'message.previewed': t`Previews of links`,
  'message.pinned': t`Pins`,
  'message.unpinned': t`Removed pins`,
  'reaction.added': t`Reactions`,
  'reaction.removed': t`Removed reactions`,
  'member.joined': t`Joins`,
  'member.left': t`Departures`,
  'member.kicked': t`Removals`,
  'member.banned': t`Bans`,
  'member.unbanned': t`Lifted bans`,
  'member.muted': t`Mutes`,
  'member.role': t`Changes of role`,
  'host.changed': t`A new host`,
  'room.updated': t`Changes of the room`,
  'bot.toggled': t`The bot, on or off`,
  'file.added': t`New files`,
  'file.status': t`Progress of files`,
  'file.deleted': t`Deleted files`,
  'messages.inspected': t`Admins who read`,
});
type WebhookEventName = (typeof WebhookEvent.options)[number];

/** What an outgoing webhook can be told of, in words. */
export const eventChoices = WebhookEvent.options.map((value) => ({ value, label: labels()[value] }));

export const readEvents = (values: readonly string[]): WebhookEventName[] =>
  WebhookEvent.options.filter((option) => values.includes(option));
