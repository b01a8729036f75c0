import type { RoomAuditEntry } from '@atrium/contracts';
import { settingText } from '../timeline/setting-text.ts';

type Sentence = (actor: string, target: string, details: RoomAuditEntry['details']) => string;

/** What each act is called in the filter, and how it is told. */
const ACTS: Record<string, [label: string, sentence: Sentence]> = {
  'room.created': ['Room created', (actor) => `${actor} created the room`],
  'room.updated': ['Settings changed', (actor, _target, { changed, to }) => `${actor} changed ${listOf(changed, to)}`],
  'room.archived': ['Room archived', (actor) => `${actor} archived the room`],
  'bot.toggled': ['Bot switched', (actor, _target, { enabled }) => `${actor} switched the room bot ${enabled === true ? 'on' : 'off'}`],
  'member.joined': [
    'Joined',
    (actor, _target, { invite }) => `${actor} joined${typeof invite === 'string' ? ` by invite ${invite}…` : ''}`,
  ],
  'member.left': ['Left', (actor) => `${actor} left`],
  'member.added': ['Added', (actor, target) => `${actor} added ${target}`],
  'member.admitted': ['Let in', (actor, target) => `${actor} let ${target} in`],
  'member.denied': ['Turned away', (actor, target) => `${actor} turned ${target} away`],
  'member.kicked': ['Removed', (actor, target) => `${actor} removed ${target}`],
  'member.banned': ['Banned', (actor, target, { until }) => `${actor} banned ${target}${untilText(until)}`],
  'member.unbanned': ['Ban lifted', (actor, target) => `${actor} lifted the ban on ${target}`],
  'member.muted': ['Muted', (actor, target, { until }) => `${actor} muted ${target}${untilText(until)}`],
  'member.unmuted': ['Unmuted', (actor, target) => `${actor} unmuted ${target}`],
  'member.role': ['Role changed', (actor, target, { role }) => `${actor} made ${target} a ${String(role)}`],
  'host.handed_over': ['Room handed over', (actor, target) => `${actor} handed the room over to ${target}`],
  'host.passed_on': ['Host role passed on', (_actor, target) => `The host role passed to ${target}`],
  'host.acting': ['Acting host', (_actor, target) => `${target} began to act for the host`],
  'host.acting_ended': ['Acting host ended', (_actor, target) => `${target} no longer acts for the host`],
  'hand.lowered': [
    'Hand lowered',
    (actor, target, { hands }) => `${actor} lowered ${hands === undefined ? `${target}’s hand` : 'all hands'}`,
  ],
  'message.deleted': ['Message deleted', (actor) => `${actor} deleted a message`],
  'message.deleted_read': ['Deleted message read', (actor) => `${actor}, an admin of this server, read a deleted message`],
  'messages.read': ['Messages read by an admin', (actor) => `${actor}, an admin of this server, read messages of this room`],
  'message.pinned': ['Message pinned', (actor) => `${actor} pinned a message`],
  'message.unpinned': ['Message unpinned', (actor) => `${actor} unpinned a message`],
  'message.previews_removed': ['Link previews removed', (actor) => `${actor} removed the previews of somebody’s links`],
  'poll.closed': ['Poll closed', (actor) => `${actor} closed somebody’s poll`],
  'file.deleted': ['File deleted', (actor, _target, { name }) => `${actor} deleted ${fileText(name)}`],
  'file.retried': ['File read again', (actor) => `${actor} had a file read again`],
  'job.retried': ['Job retried', (actor) => `${actor} had a file read again`],
  'keyword.put': ['Keyword set', (actor, _target, { keyword }) => `${actor} set the answer to “${String(keyword)}”`],
  'keyword.removed': ['Keyword removed', (actor, _target, { keyword }) => `${actor} removed the answer to “${String(keyword)}”`],
  'webhook.created': ['Webhook made', (actor, _target, { name }) => `${actor} made the webhook ${String(name)}`],
  'webhook.changed': ['Webhook changed', (actor) => `${actor} changed a webhook`],
  'webhook.removed': ['Webhook removed', (actor) => `${actor} removed a webhook`],
  'webhook.disabled': ['Webhook switched off', () => 'A webhook was switched off, since nobody answered it'],
  'webhook.replayed': ['Webhook sent again', (actor) => `${actor} sent a webhook’s delivery again`],
  'room.restored': ['Room restored', (actor) => `${actor} restored the room`],
  'host.changed': ['Host given', (actor, target) => `${actor}, an admin of this server, made ${target} the host`],
  'invite.created': ['Invite made', (actor, _target, { invite }) => `${actor} made the invite ${String(invite)}…`],
  'invite.revoked': ['Invite taken back', (actor, _target, { invite }) => `${actor} took back the invite ${String(invite)}…`],
};

/** The acts one can ask for. */
export const auditActions = Object.entries(ACTS).map(([value, [label]]) => ({ value, label }));

/** One line of the log as a sentence. An act that this page does not know yet is shown by its name. */
export function auditText({ action, actor, target, details }: RoomAuditEntry): string {
  const [who, whom] = [actor?.displayName ?? 'Atrium', target?.displayName ?? 'someone'];
  return ACTS[action]?.[1](who, whom, details) ?? `${who}: ${action}${target ? `, ${whom}` : ''}`;
}

const fileText = (name: unknown): string => (typeof name === 'string' ? `the file ${name}` : 'a file');

const listOf = (changed: unknown, to: unknown): string => {
  const values = typeof to === 'object' && to !== null ? (to as Record<string, unknown>) : {};
  return (Array.isArray(changed) ? changed : []).map((field) => settingText(String(field), values)).join(', ') || 'the settings';
};

const untilText = (until: unknown): string =>
  typeof until === 'string' ? ` until ${new Date(until).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}` : '';
