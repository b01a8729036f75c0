import { t } from '@lingui/core/macro';
import { i18n } from '../language/i18n.ts';
import { slowModeText } from '../room/slow-mode.ts';

/** What each setting of a room is called in a sentence. */
const names = (): Readonly<Record<string, string>> => ({
  name: t`the name`,
  topic: t`the topic`,
  description: t`the description`,
  visibility: t`the visibility`,
  password: t`the password`,
  locked: t`the lock`,
  slowModeSeconds: t`slow mode`,
  whoCanPost: t`who writes`,
  historyVisibility: t`who sees the history`,
  removedCanRejoin: t`whether removed people may return`,
  editWindowSeconds: t`how long messages can be edited`,
  maxMembers: t`the member limit`,
  lobby: t`the lobby`,
  hostAwayDays: t`what happens when the host stays away`,
});

/** English goes on in small letters; German, say, may not. */
const inSentence = (text: string): string => (i18n.locale === 'en' ? text.toLowerCase() : text);
const onOff = (value: unknown): string | undefined => (typeof value === 'boolean' ? (value ? t`on` : t`off`) : undefined);
const named =
  (words: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' ? words[value] : undefined;
/** What a setting is now, where a few words say it. */
const allValues = (): Readonly<Record<string, (value: unknown) => string | undefined>> => ({
  visibility: named({ public: t`public`, private: t`private` }),
  locked: onOff,
  lobby: onOff,
  slowModeSeconds: (value) => (typeof value === 'number' ? inSentence(slowModeText(value)) : undefined),
  whoCanPost: named({ everyone: t`everyone`, moderators: t`the host and moderators` }),
  historyVisibility: named({ all: t`all of it`, since_join: t`since one joined` }),
  removedCanRejoin: (value) => (typeof value === 'boolean' ? (value ? t`yes` : t`no`) : undefined),
  maxMembers: (value) => (typeof value === 'number' ? String(value) : undefined),
});

/** A setting that was changed, with what it is now where that is short. */
export function settingText(field: string, values: Readonly<Record<string, unknown>>): string {
  const text = names()[field] ?? t`a setting`;
  const value = values[field];
  if ((field === 'topic' || field === 'name') && typeof value === 'string' && value !== '') return t`${text} to “${value}”`;
  const now = allValues()[field]?.(value);
  return now === undefined ? text : `${text} (${now})`;
}
