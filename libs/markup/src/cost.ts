/** Beyond these a text is not writing. Measured at 10,000 characters: each class then takes about 100 ms to read at most. */
const MOST = {
  /** Quote and list marks at the beginnings of lines; reading a list grows with each, a deep line with the square of its depth. */
  containerMarks: 800,
  containerMarksInALine: 40,
  /** Lines of nothing but `-`, `=`, `*` or `_`: breaks and underlines of headings. */
  ruledLines: 400,
  /** Runs of `*`, `_` and `~`, which are matched in pairs. */
  emphasisRuns: 1500,
  brackets: 1000,
  cells: 3000,
  cellsInALine: 500,
};

const CONTAINER_MARKS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))+/;
const ONE_CONTAINER_MARK = />|[-*+]|\d{1,9}[.)]/g;
const RULED = /^[ \t>]*(?:[-*_][ \t]*|=)+$/;

/** An underscore inside a word is a letter to Markdown. */
const EMPHASIS_RUN = /[*~]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Whether reading a text as Markdown would take far longer than its length suggests. Linear in the text, and the same
 * answer everywhere, so that the server and the page treat the text alike.
 */
export function isCostly(text: string): boolean {
  if (count(text, EMPHASIS_RUN) > MOST.emphasisRuns || count(text, /\[/g) > MOST.brackets || count(text, /\|/g) > MOST.cells) return true;
  let containerMarks = 0;
  let ruledLines = 0;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const marks = count(CONTAINER_MARKS.exec(line)?.[0] ?? '', ONE_CONTAINER_MARK);
    containerMarks += marks;
    if (RULED.test(line)) ruledLines++;
    if (marks > MOST.containerMarksInALine || count(line, /\|/g) > MOST.cellsInALine) return true;
  }
  return containerMarks > MOST.containerMarks || ruledLines > MOST.ruledLines;
}
