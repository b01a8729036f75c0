import { mentionsIn } from '@atrium/markup';

/**
 * What in a text is asked of the bot or of the room. People use the words of a keyword all day long among themselves;
 * the bot answers only where somebody wants to know.
 */
export type Asked = {
  /** All of it as plain words; code and what is quoted are none of it. */
  words: string;
  /** The text speaks to the bot: whatever it holds is asked of it. */
  ofBot: boolean;
  /** It speaks to somebody else. */
  ofOthers: boolean;
  /** Sentences that ask the room something, as plain words without the phrases of politeness around them. */
  questions: readonly string[];
  /** All sentences, the same way. */
  sentences: readonly string[];
};

const BOT = 'bot';

/** Begins a question, in the languages we know; the mark at the end says so in any. */
const ASKING =
  /^(what|whats|what s|where|wheres|where s|how|who|whos|who s|when|why|which|is|are|do|does|did|can|could|has|have|any|anyone|anybody|someone|somebody|was|wo|wie|wer|wann|warum|welche[rsn]?|ist|gibt|hat|kann|weiß) /;
const PLEA = /^(tell|show|give|remind|explain to|help) (me|us) /;
/** Opens a question without being part of it. */
const OPENING =
  /^(hi|hey|hello|hallo|moin|good (morning|afternoon|evening)|all|everyone|everybody|folks|team|people|there|ok|okay|so|and|well|um|please|bitte|sorry|excuse me|quick question|does (anyone|anybody|someone) (here )?know|(do|would) you (all )?(happen to )?know|(can|could) (someone|anyone|anybody|somebody|you) (please )?(tell|show) (me|us)|(anyone|anybody|someone) know|i wonder|weiß jemand|kann mir jemand sagen) /;
/** Closes one. */
const CLOSING =
  / (please|pls|bitte|thanks|thx|again|here|now|right now|today|(in|of|for|from) (this|the|our) (room|channel|chat)|around here|by the way|btw|anyone|anybody)$/;

export function readAsked(text: string): Asked {
  const said = ownWordsOf(text);
  const mentioned = mentionsIn(said);
  const ofOthers = mentioned.some((candidates) => !candidates.includes(BOT));
  const words = plainWords(said);
  const ofBot = !ofOthers && (mentioned.length > 0 || isAddressed(words));
  const all = sentencesOf(said).map(({ text: sentence, marked }) => ({ words: trimmed(plainWords(sentence)), marked }));
  const asks = ({ words: sentence, marked }: { words: string; marked: boolean }) =>
    marked || ASKING.test(`${sentence} `) || PLEA.test(`${sentence} `);
  return { words, ofBot, ofOthers, questions: all.filter(asks).map((one) => one.words), sentences: all.map((one) => one.words) };
}

/** Letters and digits of any script, words parted by one space, also in scripts that write none between them. */
export const plainWords = (text: string): string => (folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap(parted).join(' ');

/** Letters of scripts whose words stand beside each other. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
export const isUnspaced = (word: string): boolean => UNSPACED.test(word);
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const parted = (word: string): string[] => (isUnspaced(word) ? [...segmenter.segment(word)].map(({ segment }) => segment) : [word]);

/** Without differences of case: that of "ß" and of the dotted "İ" are more than one letter. */
export const folded = (text: string): string => text.toUpperCase().toLowerCase().replaceAll('i\u0307', 'i').normalize('NFKC');

/** Spoken to by name, at the beginning ("bot, …", "hey bot …") or at the end ("…, dear bot"). */
const isAddressed = (words: string): boolean => /^((hi|hey|hello|ok|dear|thanks) ){0,2}bot( |$)/.test(words) || / bot$/.test(words);

function sentencesOf(text: string): { text: string; marked: boolean }[] {
  return [...text.matchAll(/[^.!?？！。؟۔।\n]+([.!?？！。؟۔।\n]+|$)/g)].map(([whole, end = '']) => ({
    text: whole,
    marked: /[?？؟]/.test(end),
  }));
}

function trimmed(words: string): string {
  let left = `${words} `;
  for (let before = ''; before !== left;) [before, left] = [left, left.replace(OPENING, '')];
  let right = left.trimEnd();
  for (let before = ''; before !== right;) [before, right] = [right, right.replace(CLOSING, '')];
  return right === '' ? words : right;
}

const ownWordsOf = (text: string): string =>
  text
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/^ {0,3}>.*$/gm, ' ');
