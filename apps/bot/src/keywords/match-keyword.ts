export type KeywordAnswer = { roomId?: string | null; keyword: string; answer: string };

/**
 * The answer to the longest keyword that stands in the text as whole words, in any case; a room's own goes before
 * one for every room. Code does not count: nobody greets the bot there.
 */
export function matchKeyword(text: string, answers: readonly KeywordAnswer[]): KeywordAnswer | null {
  const words = ` ${plainWords(withoutCode(text))} `;
  const found = answers.filter(({ keyword }) => words.includes(` ${plainWords(keyword)} `));
  found.sort((a, b) => b.keyword.length - a.keyword.length || Number(Boolean(b.roomId)) - Number(Boolean(a.roomId)));
  return found[0] ?? null;
}

/** Letters and digits of any script, words parted by one space. */
const plainWords = (text: string): string => (text.toLowerCase().normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?(```|$)/g, ' ').replace(/`[^`\n]*`/g, ' ');
