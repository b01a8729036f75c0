/** Beyond these a text is not writing. Measured at 10,000 characters: each class then takes about 100 ms to read at most. */
const MOST = {
  /** Quote and list marks at the beginnings of lines; reading a list grows with each, a deep line with the square of its depth. */
  containerMarks: 800,
  containerMarksInALine: 40,
  /** Each is a list of its own for whatever comes after it; hardly a book has so many on a page. */
  footnotes: 100,
  /** Lines of nothing but `-`, `=`, `*`, `_` or `|`: breaks, underlines of headings, lines below the head of a table. */
  ruledLines: 400,
  /** Runs of `*`, `_` and `~`, which are matched in pairs. */
  emphasisRuns: 1500,
  emphasisMarks: 2000,
  /** That open, and that close: each that closes looks for its own through all that came before. */
  brackets: 1000,
  /** A bracket that closes is compared with every one that is open. */
  bracketPairs: 20_000,
  cells: 3000,
  cellsInALine: 500,
  /** A line without marks goes on in every container of the one before it, and is looked at once for each. */
  continuations: 5000,
  /** Of them, however deep: reading them grows with the square of how many there are. */
  lazyLines: 1500,
  /** At the end of a bare link each is looked at to see whether nothing but more of them follows. */
  entitiesInAWord: 100,
  /** A row that is too short gets the cells of the longest. */
  cellsMade: 10_000,
};

const CONTAINER_MARKS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|\[\^[^[\]\s]+\]:))+/;
const ONE_CONTAINER_MARK = /\[\^[^[\]\s]+\]:|>|[-*+]|\d{1,9}[.)]/g;
const FOOTNOTE = /\[\^[^[\]\s]+\]:/g;
const RULED = /^[ \t>]*(?:[-*_|:][ \t]*|=)+$/;

const ENTITY = /&[a-z0-9]+;/gi;

/** An underscore inside a word is a letter to Markdown. */
const EMPHASIS_RUN = /[*~]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Whether reading a text as Markdown would take far longer than its length suggests. Linear in the text, and the same
 * answer everywhere, so that the server and the page treat the text alike.
 */
export function isCostly(text: string): boolean {
  if (hasCostlyEmphasis(text) || hasCostlyBrackets(text) || count(text, /\|/g) > MOST.cells) return true;
  if (count(text, FOOTNOTE) > MOST.footnotes || hasCostlyWord(text)) return true;
  let containerMarks = 0;
  let ruledLines = 0;
  let continuations = 0;
  let lazyLines = 0;
  let cellsMade = 0;
  /** In how many containers a line without marks goes on, and how many stay open over an empty line. */
  let depth = 0;
  let open = 0;
  let columns = 0;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const marks = count(CONTAINER_MARKS.exec(line)?.[0] ?? '', ONE_CONTAINER_MARK);
    containerMarks += marks;
    if (RULED.test(line)) ruledLines++;
    const cells = count(line, /\|/g);
    if (marks > MOST.containerMarksInALine || cells > MOST.cellsInALine) return true;
    const isBlank = line.trim() === '';
    if (isBlank) {
      continuations += open;
      depth = 0;
    } else if (marks > 0) {
      // Two spaces before a mark may be one level more.
      depth = open = marks + Math.floor(line.search(/[^ \t]/) / 2);
    } else {
      continuations += depth;
      if (depth > 0) lazyLines++;
      if (depth === 0 && /^[^ \t]/.test(line)) open = 0;
    }
    columns = isBlank ? 0 : Math.max(columns, cells);
    cellsMade += columns;
  }
  const isWide = continuations > MOST.continuations || lazyLines > MOST.lazyLines || cellsMade > MOST.cellsMade;
  return isWide || containerMarks > MOST.containerMarks || ruledLines > MOST.ruledLines;
}

const hasCostlyWord = (text: string): boolean => text.split(/\s+/).some((word) => count(word, ENTITY) > MOST.entitiesInAWord);

function hasCostlyEmphasis(text: string): boolean {
  const runs = text.match(EMPHASIS_RUN) ?? [];
  return runs.length > MOST.emphasisRuns || runs.join('').length > MOST.emphasisMarks;
}

function hasCostlyBrackets(text: string): boolean {
  let opened = 0;
  let closed = 0;
  let open = 0;
  let pairs = 0;
  for (const [bracket] of text.matchAll(/[[\]]/g)) {
    if (bracket === '[') {
      opened++;
      open++;
      continue;
    }
    closed++;
    if (open > 0) pairs += open--;
  }
  return opened > MOST.brackets || closed > MOST.brackets || pairs > MOST.bracketPairs;
}
