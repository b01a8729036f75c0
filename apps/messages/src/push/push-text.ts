import type { Notification, Preferences } from '@atrium/contracts';
import { excerptOf } from '../notifications/excerpt.ts';
import type { PushWords } from './push-words.ts';

export type Names = { actor: string; room: string; isDirect: boolean };
type Shown = { reasons: Notification['reasons']; body: string };

/** Most telling first: the first of them that holds is said. */
const MOST_TELLING = ['direct', 'mention', 'moderators', 'here', 'room', 'thread', 'reaction'] as const;

/** What a lock screen says of a message: who wrote and what, only who, or only that there is something, as its owner wishes. */
export function pushText(
  words: PushWords,
  preview: Preferences['pushPreview'],
  shown: Shown,
  names: Names | undefined,
): { title: string; body: string } {
  if (preview === 'nothing' || !names) return { title: 'Atrium', body: words.neutral };
  const reason = MOST_TELLING.find((one) => shown.reasons.includes(one));
  if (preview === 'sender') return { title: names.actor, body: words.happened[reason ?? 'other'] };
  const title = words.title({ actor: names.actor, hasReacted: reason === 'reaction', room: names.isDirect ? undefined : names.room });
  return { title, body: excerptOf(shown.body) || words.file };
}
