import type { Run } from './pdf-run.ts';

/** One letter, and blanks alone between it and the next; what ends a sentence may hang on. */
const APART = /^[\p{L}\p{M}\p{N}&'’.,:;!?()-]\p{M}*(?: +[\p{L}\p{M}\p{N}&'’.,:;!?()-]\p{M}*[.,:;!?)]*)*$/u;
/** Fewer letters beside each other are initials, or names of columns. */
const LEAST_LETTERS = 4;
/** Of the height of a letter, how wide it is; of the distance between letters, from where on one stands between words. */
const LETTER_WIDTH = 0.6;
const WORD_GAP = 1.6;
/** Letters further from each other, in heights of one, stand in columns. */
const WIDEST = 1.5;

/**
 * Words whose letters are set apart for their looks ("H E A D I N G"), put together again; null for all other text. The
 * library takes the distances for blanks.
 */
export function setApart(group: Run[]): string[] | null {
  const letters = group.flatMap(({ text }) => text.match(/\p{L}/gu) ?? []);
  if (letters.length < LEAST_LETTERS || !group.every(({ text }) => APART.test(text.trim())) || isSeries(letters)) return null;
  const inner = distanceOf(group);
  const height = group[0]!.height;
  if (inner === null || inner > height * WIDEST) return null;
  const least = Math.max(inner, height * 0.1) * WORD_GAP;
  return group.flatMap((run, i) => {
    const before = group[i - 1];
    const word = run.text.trim().replaceAll(/ +/g, '');
    return before && run.x - before.x - before.width > least ? [' ', word] : [word];
  });
}

const gapsOf = (group: Run[]) => group.slice(1).map((run, i) => run.x - group[i]!.x - group[i]!.width);

/** How far one letter stands from the next: between letters placed one by one, or within the longest piece. */
function distanceOf(group: Run[]): number | null {
  const longest = group.reduce((most, run) => (run.text.length > most.text.length ? run : most));
  const count = longest.text.trim().split(/ +/).length;
  if (count > 2 || group.length === 1) return count < 2 ? null : (longest.width - count * longest.height * LETTER_WIDTH) / (count - 1);
  const gaps = gapsOf(group).toSorted((a, b) => a - b);
  return gaps[Math.floor((gaps.length - 1) / 2)]!;
}

/** "A B C D" are four things, and so is a row of one and the same letter. */
function isSeries(letters: string[]): boolean {
  const steps = letters.slice(1).map((letter, i) => letter.toLowerCase().codePointAt(0)! - letters[i]!.toLowerCase().codePointAt(0)!);
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1;
}
