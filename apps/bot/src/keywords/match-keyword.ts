import { folded, isUnspaced, plainWords, readAsked, type Asked } from './asked.ts';

export type KeywordAnswer = { roomId?: string | null; keyword: string; answer: string };

/** What people say to each other all day: heard only when it is the whole message, or said to the bot. */
const GREETINGS = new Set(['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'good evening', 'good night']);

/** What may stand before a keyword in a question, and after it: with more, the question is about something else. */
const MOST_BEFORE = 6;
const MOST_AFTER = 3;
/** Goes on to say of what: "who is the host of the party" is not about this room's host. */
const GOES_ON = /^(of|for|at|on|in|from|with|by|about|to|that|who|whose|which|and|or|von|für|bei|auf|im|mit|und) /;

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
  const longest = keywords.map(({ words }) => words.split(' ').reduce((a, b) => (b.length > a.length ? b : a))).filter(Boolean);
  if (longest.length === 0) return () => false;
  // Letters and digits alone: nothing to escape.
  const any = new RegExp([...new Set(longest)].join('|'));
  return (text) => any.test(folded(text));
}

/**
 * The answer to the longest keyword that is asked about, as whole words in any case; a room's own goes before one for
 * every room. Said to the bot, a keyword may stand anywhere. Said to the room, it must be the whole of a sentence, or
 * what a question is about. Said to somebody else, it is theirs.
 */
export function matchKeyword<K extends Keyword>(text: string, keywords: readonly K[]): K | null {
  const asked = readAsked(text);
  if (asked.ofOthers) return null;
  const found = keywords.filter((keyword) => isAskedAbout(keyword, asked));
  return longestFirst(found)[0] ?? null;
}

/** The keyword that stands in a text, whether or not it is asked about. */
export function findKeyword<K extends Keyword>(text: string, keywords: readonly K[]): K | null {
  const words = plainWords(text);
  return longestFirst(keywords.filter((keyword) => stands(keyword.words, words)))[0] ?? null;
}

function isAskedAbout({ words, greets }: Keyword, { words: all, ofBot, questions, sentences }: Asked): boolean {
  if (ofBot || all === words) return stands(words, all);
  if (greets) return false;
  return sentences.includes(words) || questions.some((question) => isAbout(question, words));
}

function isAbout(question: string, words: string): boolean {
  const at = ` ${question} `.indexOf(` ${words} `);
  if (at < 0) return false;
  const after = question.slice(at + words.length).trim();
  return sizeOf(question.slice(0, at)) <= MOST_BEFORE && sizeOf(after) <= MOST_AFTER && !GOES_ON.test(`${after} `);
}

/** How many words: where none are parted, what stands for one is counted as two. */
const sizeOf = (words: string): number => words.split(' ').reduce((size, word) => size + (word === '' ? 0 : isUnspaced(word) ? 0.5 : 1), 0);

function longestFirst<K extends Keyword>(found: readonly K[]): K[] {
  return [...found].sort((a, b) => b.keyword.length - a.keyword.length || Number(Boolean(b.roomId)) - Number(Boolean(a.roomId)));
}

const stands = (phrase: string, words: string): boolean => phrase !== '' && ` ${words} `.includes(` ${phrase} `);
