/** Beyond these a text is not writing. Measured at 10,000 characters: each class then takes about 100 ms to read at most. */
const MOST = {
  /** Quote and list marks at the beginnings of lines; reading a list grows with each, a deep line with the square of its depth. */
  containerMarks: 800,
  containerMarksInALine: 40,
  /** Lines of nothing but `-`, `=`, `*` or `_`: breaks and underlines of headings. */
  ruledLines: 400,
  /** Runs of `*`, `_` and `~`, which are matched in pairs. */
  emphasisRuns: 1500,
  emphasisMarks: 2000,
  brackets: 1000,
  /** A bracket that closes is compared with every one that is open. */
  bracketPairs: 20_000,
  cells: 3000,
  cellsInALine: 500,
  /** A line without marks goes on in every container of the one before it, and is looked at once for each. */
  continuations: 5000,
  /** A row that is too short gets the cells of the longest. */
  cellsMade: 10_000,
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
  if (hasCostlyEmphasis(text) || hasCostlyBrackets(text) || count(text, /\|/g) > MOST.cells) return true;
  let containerMarks = 0;
  let ruledLines = 0;
  let continuations = 0;
  let cellsMade = 0;
  let depth = 0;
  let columns = 0;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const marks = count(CONTAINER_MARKS.exec(line)?.[0] ?? '', ONE_CONTAINER_MARK);
    containerMarks += marks;
    if (RULED.test(line)) ruledLines++;
    const cells = count(line, /\|/g);
    if (marks > MOST.containerMarksInALine || cells > MOST.cellsInALine) return true;
    const isBlank = line.trim() === '';
    if (isBlank) depth = 0;
    // Two spaces before a mark may be one level more.
    else if (marks > 0) depth = marks + Math.floor(line.search(/[^ \t]/) / 2);
    else continuations += depth;
    columns = isBlank ? 0 : Math.max(columns, cells);
    cellsMade += columns;
  }
  const isWide = continuations > MOST.continuations || cellsMade > MOST.cellsMade;
  return isWide || containerMarks > MOST.containerMarks || ruledLines > MOST.ruledLines;
}

function hasCostlyEmphasis(text: string): boolean {
  const runs = text.match(EMPHASIS_RUN) ?? [];
  return runs.length > MOST.emphasisRuns || runs.join('').length > MOST.emphasisMarks;
}

function hasCostlyBrackets(text: string): boolean {
  let opened = 0;
  let open = 0;
  let pairs = 0;
  for (const [bracket] of text.matchAll(/[[\]]/g)) {
    if (bracket === '[') {
      opened++;
      open++;
    } else if (open > 0) pairs += open--;
  }
  return opened > MOST.brackets || pairs > MOST.bracketPairs;
}
