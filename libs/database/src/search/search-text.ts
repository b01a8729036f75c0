import { tokensOf } from './tokens.ts';

/**
 * A text as the index holds it. `folded` is its words parted by single spaces, with one at each end, so that a word, its
 * beginning and any part of it are found by comparing; `lexemes` are the words, and the pairs of characters of scripts
 * without spaces; `words` is how many there are.
 */
export type SearchText = { folded: string; lexemes: string[]; words: number };

/** Longer words are kept in `folded` and found by their beginning. */
const MAX_LEXEME = 64;

export function searchText(text: string): SearchText {
  const tokens = tokensOf(text);
  const lexemes = new Set<string>();
  for (const token of tokens) for (const lexeme of token.isRun ? pairsOf(token.text) : [lexemeOf(token.text)]) lexemes.add(lexeme);
  return {
    folded: tokens.length === 0 ? '' : ` ${tokens.map((token) => token.text).join(' ')} `,
    lexemes: [...lexemes],
    words: tokens.length,
  };
}

export const lexemeOf = (word: string): string => [...word].slice(0, MAX_LEXEME).join('');

/** Neighbouring characters in twos; a single one stands alone. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}
