import { plural, t } from '@lingui/core/macro';
import type { AdminPurge } from '@atrium/contracts';

const COUNTS = {
  people: (count: number) => plural(count, { one: '# person', other: '# people' }),
  messages: (count: number) => plural(count, { one: '# message', other: '# messages' }),
  files: (count: number) => plural(count, { one: '# file', other: '# files' }),
};

/** What is still there, in the order in which it goes. */
export function leftText({ parts }: Pick<AdminPurge, 'parts'>): string {
  const left = (['people', 'messages', 'files'] as const).flatMap((part) => {
    const { done, left: count } = parts[part];
    if (done) return [];
    return count ? [COUNTS[part](count)] : [];
  });
  const what = left.length > 0 ? left.join(', ') : parts.bot.done ? t`the last of it` : t`what the bot keeps of it`;
  return t`is being purged. Still there: ${what}.`;
}
