import type { Emoji } from './completion.ts';

/** Signs made of punctuation, as people type them between spaces. */
const EMOTICONS: Readonly<Record<string, string>> = {
  ':)': '🙂',
  ':-)': '🙂',
  ':D': '😄',
  ':-D': '😄',
  ';)': '😉',
  ';-)': '😉',
  ':(': '🙁',
  ':-(': '🙁',
  ":'(": '😢',
  ':P': '😛',
  ':-P': '😛',
  ':p': '😛',
  ':O': '😮',
  ':o': '😮',
  ':|': '😐',
  '<3': '❤️',
};
const CODE = /(```[\s\S]*?(?:```|(?![\s\S]))|``[\s\S]*?``|`[^`\n]*`|^(?: {4}|\t).*$)/m;
const ANY_EMOTICON = Object.keys(EMOTICONS)
  .map((one) => one.replace(/[()|]/g, '\\$&'))
  .join('|');
const WORD = new RegExp(`(?<=^|\\s)(?::([A-Za-z0-9_+-]{2,32}):|${ANY_EMOTICON})(?=$|[\\s.,!?)])`, 'g');

/** What was written, with `:)` and `:tada:` as emoji; code stays as it is. */
export function withEmoji(text: string, emoji: readonly Emoji[]): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(WORD, (written, name?: string) => signOf(written, name, emoji))))
    .join('');
}

function signOf(written: string, name: string | undefined, emoji: readonly Emoji[]): string {
  const wanted = name?.toLowerCase();
  return (wanted === undefined ? EMOTICONS[written] : emoji.find((one) => one.name === wanted)?.sign) ?? written;
}
