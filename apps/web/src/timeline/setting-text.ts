import { slowModeText } from '../rooms/slow-mode.ts';

/** What each setting of a room is called in a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'the name',
  topic: 'the topic',
  description: 'the description',
  visibility: 'the visibility',
  password: 'the password',
  locked: 'the lock',
  slowModeSeconds: 'slow mode',
  whoCanPost: 'who writes',
  historyVisibility: 'who sees the history',
  removedCanRejoin: 'whether removed people may return',
  editWindowSeconds: 'how long messages can be edited',
  maxMembers: 'the member limit',
  lobby: 'the lobby',
  hostAwayDays: 'what happens when the host stays away',
};

const onOff = (value: unknown): string | undefined => (typeof value === 'boolean' ? (value ? 'on' : 'off') : undefined);
const named =
  (words: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' ? words[value] : undefined;
/** What a setting is now, where a few words say it. */
const VALUES: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  visibility: named({ public: 'public', private: 'private' }),
  locked: onOff,
  lobby: onOff,
  slowModeSeconds: (value) => (typeof value === 'number' ? slowModeText(value).toLowerCase() : undefined),
  whoCanPost: named({ everyone: 'everyone', moderators: 'the host and moderators' }),
  historyVisibility: named({ all: 'all of it', since_join: 'since one joined' }),
  removedCanRejoin: (value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined),
  maxMembers: (value) => (typeof value === 'number' ? String(value) : undefined),
};

/** A setting that was changed, with what it is now where that is short. */
export function settingText(field: string, values: Readonly<Record<string, unknown>>): string {
  const text = NAMES[field] ?? 'a setting';
  const value = values[field];
  if ((field === 'topic' || field === 'name') && typeof value === 'string' && value !== '') return `${text} to “${value}”`;
  const now = VALUES[field]?.(value);
  return now === undefined ? text : `${text} (${now})`;
}
