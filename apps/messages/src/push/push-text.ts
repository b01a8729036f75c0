import type { Notification, Preferences } from '@atrium/contracts';
import { excerptOf } from '../notifications/excerpt.ts';

export type Names = { actor: string; room: string; isDirect: boolean };
type Shown = { reasons: Notification['reasons']; body: string };

const NEUTRAL = { title: 'Atrium', body: 'You have a new notification' };

/** Most telling first: the first of them that holds is said. */
const WHAT_HAPPENED: readonly (readonly [Notification['reasons'][number], string])[] = [
  ['direct', 'sent you a message'],
  ['mention', 'mentioned you'],
  ['moderators', 'called the moderators'],
  ['here', 'called everyone who is online'],
  ['room', 'called everyone in a room'],
  ['thread', 'replied in a thread'],
  ['reaction', 'reacted to your message'],
];

/** What a lock screen says of a message: who wrote and what, only who, or only that there is something, as its owner wishes. */
export function pushText(preview: Preferences['pushPreview'], shown: Shown, names: Names | undefined): { title: string; body: string } {
  if (preview === 'nothing' || !names) return NEUTRAL;
  const happened = WHAT_HAPPENED.find(([reason]) => shown.reasons.includes(reason))?.[1] ?? 'wrote to you';
  if (preview === 'sender') return { title: names.actor, body: happened };
  const reacted = happened === 'reacted to your message' ? ' reacted' : '';
  const title = `${names.actor}${reacted}${names.isDirect ? '' : ` in ${names.room}`}`;
  return { title, body: excerptOf(shown.body) || 'sent a file' };
}
