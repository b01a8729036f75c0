import { mentionsIn } from '@atrium/markup';

export type KeywordAnswer = { roomId?: string | null; keyword: string; answer: string };

/** What people say to each other all day: heard only when it is meant for the bot. */
const GREETINGS = new Set(['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'good evening', 'good night']);
const BOT = 'bot';

/** A keyword as it is looked for: read once, held against every message. */
export type Keyword = KeywordAnswer & { words: string; greets: boolean };

export function asKeyword<A extends KeywordAnswer>(answer: A): A & Keyword {
  const words = plainWords(answer.keyword);
  return { ...answer, words, greets: GREETINGS.has(words) };
}

/**
 * Tells whether a text may hold one of the keywords, for a tenth of what finding out takes: nearly every message holds
 * none. It looks for each keyword's longest word anywhere, code and parts of words included.
 */
export function holdingAny(keywords: readonly Keyword[]): (text: string) => boolean {
  const longest = keywords.map(({ words }) => words.split(' ').reduce((a, b) => (b.length > a.length ? b : a)));
  if (longest.length === 0) return () => false;
  // Letters and digits alone: nothing to escape.
  const any = new RegExp([...new Set(longest)].join('|'));
  return (text) => any.test(folded(text));
}

/**
 * The answer to the longest keyword that stands in the text as whole words, in any case; a room's own goes before
 * one for every room. Code does not count: nobody greets the bot there. A greeting must be the whole message or
 * name the bot, and mention nobody else.
 */
export function matchKeyword(text: string, keywords: readonly Keyword[]): Keyword | null {
  const said = withoutCode(text);
  const words = plainWords(said);
  const found = keywords.filter((wanted) => stands(wanted.words, words) && (!wanted.greets || isForBot(wanted.words, words, said)));
  found.sort((a, b) => b.keyword.length - a.keyword.length || Number(Boolean(b.roomId)) - Number(Boolean(a.roomId)));
  return found[0] ?? null;
}

const stands = (phrase: string, words: string): boolean => ` ${words} `.includes(` ${phrase} `);

const isForBot = (greeting: string, words: string, said: string): boolean =>
  (words === greeting || stands(BOT, words)) && !mentionsOthers(said);

const mentionsOthers = (said: string): boolean => mentionsIn(said).some((candidates) => !candidates.includes(BOT));

/** Letters and digits of any script, words parted by one space. */
const plainWords = (text: string): string => (folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');

const folded = (text: string): string => text.toLowerCase().normalize('NFKC');

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?(```|$)/g, ' ').replace(/`[^`\n]*`/g, ' ');
