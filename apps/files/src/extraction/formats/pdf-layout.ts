/** A run of text as a PDF places it; `y` grows upwards. */
export type Run = { text: string; x: number; y: number; width: number; height: number; endsLine: boolean };
type Line = { text: string; left: number; right: number; y: number; height: number };

/** Joins runs into lines and lines into paragraphs, so that sentences that wrap are whole again. */
export function layOutLines(runs: Run[]): string {
  const lines = toLines(runs);
  const right = lines.reduce((most, line) => Math.max(most, line.right), 0);
  const parts: string[] = [];
  for (const [i, line] of lines.entries()) {
    const above = lines[i - 1];
    if (above) append(parts, border(above, line, right), line.text);
    else parts.push(line.text);
  }
  return parts.join('');
}

function toLines(runs: Run[]): Line[] {
  const lines: Line[] = [];
  let current: Line | null = null;
  for (const run of runs) {
    if (run.text !== '') {
      current ??= { text: '', left: run.x, right: run.x, y: run.y, height: run.height };
      current.text += run.text;
      current.right = Math.max(current.right, run.x + run.width);
      current.height = Math.max(current.height, run.height);
    }
    if (run.endsLine && current) {
      if (current.text.trim() !== '') lines.push(current);
      current = null;
    }
  }
  if (current && current.text.trim() !== '') lines.push(current);
  return lines;
}

/** What stands between two lines: a paragraph border, a line break, or just a blank because the sentence goes on. */
function border(above: Line, below: Line, pageRight: number): '\n\n' | '\n' | ' ' {
  const height = Math.max(above.height, below.height, 1);
  const gap = above.y - below.y;
  if (gap > height * 1.9 || gap < -height) return '\n\n';
  const sameSize = Math.abs(above.height - below.height) < height * 0.2;
  const indented = Math.abs(below.left - above.left) > height * 1.2;
  const full = above.right > above.left + (pageRight - above.left) * 0.7;
  const sentenceOver = /[.!?:。！？]["')\]”’]?\s*$/u.test(above.text);
  return sameSize && full && !(indented && sentenceOver) ? ' ' : '\n';
}

const SCRIPTS_WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** Adds a line to the parts of a page; only the line before it is ever touched again. */
function append(parts: string[], between: '\n\n' | '\n' | ' ', line: string): void {
  if (between !== ' ') {
    parts.push(between, line);
    return;
  }
  const before = parts.pop()!.trimEnd();
  const next = line.trimStart();
  const hyphenated = /\p{Ll}[-\u2010\u00ad]$/u.test(before.slice(-3)) && /^\p{Ll}/u.test(next);
  const glued = SCRIPTS_WITHOUT_BLANKS.test(before.slice(-1)) && SCRIPTS_WITHOUT_BLANKS.test(next.slice(0, 1));
  if (hyphenated) parts.push(before.slice(0, -1), next);
  else parts.push(before, glued ? '' : ' ', next);
}
