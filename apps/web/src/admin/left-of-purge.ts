import type { AdminPurge } from '@atrium/contracts';

const WORDS = { people: ['person', 'people'], messages: ['message', 'messages'], files: ['file', 'files'] } as const;

/** What is still there, in the order in which it goes. */
export function leftText({ parts }: Pick<AdminPurge, 'parts'>): string {
  const left = (['people', 'messages', 'files'] as const).flatMap((part) => {
    const { done, left: count } = parts[part];
    if (done) return [];
    return count ? [`${count.toLocaleString('en')} ${WORDS[part][count === 1 ? 0 : 1]}`] : [];
  });
  const what = left.length > 0 ? left.join(', ') : parts.bot.done ? 'the last of it' : 'what the bot keeps of it';
  return `is being purged. Still there: ${what}.`;
}
