import { t } from '@lingui/core/macro';
import type { RoomAuditEntry } from '@atrium/contracts';
import { longMoment } from '../time/format.ts';
import { settingText } from '../messages/setting-text.ts';

type Sentence = (actor: string, target: string, details: RoomAuditEntry['details']) => string;

/** What each act is called in the filter, and how it is told. */
const acts = (): Record<string, [label: string, sentence: Sentence]> => ({
  'room.created': [t`Room created`, (actor) => t`${actor} created the room`],
  'room.updated': [t`Settings changed`, (actor, _target, { changed, to }) => t`${actor} changed ${listOf(changed, to)}`],
  'room.archived': [t`Room archived`, (actor) => t`${actor} archived the room`],
  'bot.toggled': [
    t`Bot switched`,
    (actor, _target, { enabled }) => (enabled === true ? t`${actor} switched the room bot on` : t`${actor} switched the room bot off`),
  ],
  'member.joined': [
    t`Joined`,
    (actor, _target, { invite }) => (typeof invite === 'string' ? t`${actor} joined by invite ${invite}…` : t`${actor} joined`),
  ],
  'member.left': [t`Left`, (actor) => t`${actor} left`],
  'member.added': [t`Added`, (actor, target) => t`${actor} added ${target}`],
  'member.admitted': [t`Let in`, (actor, target) => t`${actor} let ${target} in`],
  'member.denied': [t`Turned away`, (actor, target) => t`${actor} turned ${target} away`],
  'member.kicked': [t`Removed`, (actor, target) => t`${actor} removed ${target}`],
  'member.banned': [
    t`Banned`,
    (actor, target, { until }) =>
      until === undefined || until === null ? t`${actor} banned ${target}` : t`${actor} banned ${target} until ${momentText(until)}`,
  ],
  'member.unbanned': [t`Ban lifted`, (actor, target) => t`${actor} lifted the ban on ${target}`],
  'member.muted': [
    t`Muted`,
    (actor, target, { until }) =>
      until === undefined || until === null ? t`${actor} muted ${target}` : t`${actor} muted ${target} until ${momentText(until)}`,
  ],
  'member.unmuted': [t`Unmuted`, (actor, target) => t`${actor} unmuted ${target}`],
  'member.role': [
    t`Role changed`,
    (actor, target, { role }) => (role === 'moderator' ? t`${actor} made ${target} a moderator` : t`${actor} made ${target} a member`),
  ],
  'host.handed_over': [t`Room handed over`, (actor, target) => t`${actor} handed the room over to ${target}`],
  'host.passed_on': [t`Host role passed on`, (_actor, target) => t`The host role passed to ${target}`],
  'host.acting': [t`Acting host`, (_actor, target) => t`${target} began to act for the host`],
  'host.acting_ended': [t`Acting host ended`, (_actor, target) => t`${target} no longer acts for the host`],
  'hand.lowered': [
    t`Hand lowered`,
    (actor, target, { hands }) => (hands === undefined ? t`${actor} lowered ${target}’s hand` : t`${actor} lowered all hands`),
  ],
  'message.deleted': [t`Message deleted`, (actor) => t`${actor} deleted a message`],
  'message.deleted_read': [t`Deleted message read`, (actor) => t`${actor}, an admin of this server, read a deleted message`],
  'messages.read': [t`Messages read by an admin`, (actor) => t`${actor}, an admin of this server, read messages of this room`],
  'message.pinned': [t`Message pinned`, (actor) => t`${actor} pinned a message`],
  'message.unpinned': [t`Message unpinned`, (actor) => t`${actor} unpinned a message`],
  'message.previews_removed': [t`Link previews removed`, (actor) => t`${actor} removed the previews of somebody’s links`],
  'poll.closed': [t`Poll closed`, (actor) => t`${actor} closed somebody’s poll`],
  'file.deleted': [t`File deleted`, (actor, _target, { name }) => t`${actor} deleted ${fileText(name)}`],
  'file.retried': [t`File read again`, (actor) => t`${actor} had a file read again`],
  'job.retried': [t`Job retried`, (actor) => t`${actor} had a file read again`],
  'keyword.put': [t`Keyword set`, (actor, _target, { keyword }) => t`${actor} set the answer to “${String(keyword)}”`],
  'keyword.removed': [t`Keyword removed`, (actor, _target, { keyword }) => t`${actor} removed the answer to “${String(keyword)}”`],
  'webhook.created': [t`Webhook made`, (actor, _target, { name }) => t`${actor} made the webhook ${String(name)}`],
  'webhook.changed': [t`Webhook changed`, (actor) => t`${actor} changed a webhook`],
  'webhook.removed': [t`Webhook removed`, (actor) => t`${actor} removed a webhook`],
  'webhook.disabled': [t`Webhook switched off`, () => t`A webhook was switched off, since nobody answered it`],
  'webhook.replayed': [t`Webhook sent again`, (actor) => t`${actor} sent a webhook’s delivery again`],
  'room.restored': [t`Room restored`, (actor) => t`${actor} restored the room`],
  'host.changed': [t`Host given`, (actor, target) => t`${actor}, an admin of this server, made ${target} the host`],
  'invite.created': [t`Invite made`, (actor, _target, { invite }) => t`${actor} made the invite ${String(invite)}…`],
  'invite.revoked': [t`Invite taken back`, (actor, _target, { invite }) => t`${actor} took back the invite ${String(invite)}…`],
});

/** The acts one can ask for. */
export const auditActions = () => Object.entries(acts()).map(([value, [label]]) => ({ value, label }));

/** One line of the log as a sentence. An act that this page does not know yet is shown by its name. */
export function auditText({ action, actor, target, details }: RoomAuditEntry): string {
  const [who, whom] = [actor?.displayName ?? 'Atrium', target?.displayName ?? t`someone`];
  return acts()[action]?.[1](who, whom, details) ?? `${who}: ${action}${target ? `, ${whom}` : ''}`;
}

const fileText = (name: unknown): string => (typeof name === 'string' ? t`the file ${name}` : t`a file`);

const listOf = (changed: unknown, to: unknown): string => {
  const values = typeof to === 'object' && to !== null ? (to as Record<string, unknown>) : {};
  return (Array.isArray(changed) ? changed : []).map((field) => settingText(String(field), values)).join(', ') || t`the settings`;
};

const momentText = (until: unknown): string => longMoment(new Date(String(until)));
