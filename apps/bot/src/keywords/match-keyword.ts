import { mentionsIn } from '@atrium/markup';

export type KeywordAnswer = { roomId?: string | null; keyword: string; answer: string };

/** What people say to each other all day: heard only when it is meant for the bot. */
const GREETINGS = new Set(['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'good evening', 'good night']);
const BOT = 'bot';

/**
 * The answer to the longest keyword that stands in the text as whole words, in any case; a room's own goes before
 * one for every room. Code does not count: nobody greets the bot there. A greeting must be the whole message or
 * name the bot, and mention nobody else.
 */
export function matchKeyword(text: string, answers: readonly KeywordAnswer[]): KeywordAnswer | null {
  const said = withoutCode(text);
  const words = plainWords(said);
  const found = answers.filter(({ keyword }) => {
    const wanted = plainWords(keyword);
    return stands(wanted, words) && (!GREETINGS.has(wanted) || isForBot(wanted, words, said));
  });
  found.sort((a, b) => b.keyword.length - a.keyword.length || Number(Boolean(b.roomId)) - Number(Boolean(a.roomId)));
  return found[0] ?? null;
}

const stands = (phrase: string, words: string): boolean => ` ${words} `.includes(` ${phrase} `);

const isForBot = (greeting: string, words: string, said: string): boolean =>
  (words === greeting || stands(BOT, words)) && !mentionsOthers(said);

const mentionsOthers = (said: string): boolean => mentionsIn(said).some((candidates) => !candidates.includes(BOT));

/** Letters and digits of any script, words parted by one space. */
const plainWords = (text: string): string =>
  (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?(```|$)/g, ' ').replace(/`[^`\n]*`/g, ' ');
