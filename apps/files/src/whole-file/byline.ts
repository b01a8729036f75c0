import { CodePointIndex } from '../text/code-points.ts';
import type { Passage } from '../answers/answerer.ts';

/** "Hale", "A.", "G. K.": a full stop belongs to initials alone. */
const PART = "(?:(?:\\p{Lu}\\.)+|\\p{Lu}[\\p{L}\\p{M}'’-]*)";
/** "Ann van Hale": words with capitals, and what joins them. */
const NAME = `${PART}(?:[^\\S\\n]+(?:(?:de|da|di|del|von|van|der|den|of)[^\\S\\n]+)*${PART}){0,5}`;

/** How texts say who wrote them: by whom, under a heading, or below a greeting. The likeliest first. */
const BYLINES = [
  `(?<![^\\n])[^\\S\\n]*(?:authors?|written by|from|autor(?:in|es)?|verfasser(?:in)?|auteurs?|autor[ei]|автор|作者|著者)[^\\S\\n]*[:：][^\\S\\n]*\\S[^\\n]{0,120}`,
  `\\b(?:[Ww]ritten|[Pp]repared|[Cc]ompiled|[Aa]uthored|[Dd]rafted|[Ee]dited|[Ss]peech|[Rr]eport|[Pp]aper|[Aa]rticle|[Ee]ssay|[Nn]ovel|[Ss]tory)\\s+by\\s+${NAME}`,
  `(?:\\b[Tt]he )?\\b[Aa]uthors?\\b[^.\\n]{0,40}\\s(?:is|are|was|were)\\s+${NAME}`,
  `(?<![^\\n])[^\\S\\n]*(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor)[^\\S\\n]+${NAME}(?=[^\\S\\n]*(?:\\n|$))`,
  `(?<![^\\n])[^\\n]{0,30}(?:[Rr]egards|[Ss]incerely|[Yy]ours|Grüßen?|[Cc]ordialement|[Ss]aludos|[Ss]aluti)[^\\n]{0,20}\\n\\s*${NAME}`,
].map((pattern, i) => new RegExp(pattern, i === 0 ? 'iu' : 'u'));

/** The place of a file's opening passages that names its author; null when none does. */
export function bylineOf(passages: Passage[]): { passage: Passage; start: number; end: number } | null {
  for (const pattern of BYLINES) {
    for (const passage of passages) {
      const found = pattern.exec(passage.text);
      if (!found) continue;
      const offsets = new CodePointIndex(passage.text);
      const blanks = found[0].length - found[0].trimStart().length;
      return {
        passage,
        start: passage.start + offsets.toCodePoint(found.index + blanks),
        end: passage.start + offsets.toCodePoint(found.index + found[0].length),
      };
    }
  }
  return null;
}
