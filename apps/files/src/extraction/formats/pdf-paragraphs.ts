import { Hyphens } from './hyphens.ts';

/** A line of one column. */
export type Line = { text: string; left: number; right: number; y: number; height: number };

const SCRIPTS_WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** Joins the lines of a column into paragraphs, so that sentences that wrap are whole again. */
export function joinLines(lines: Line[], hyphens: Hyphens): string {
  const right = lines.reduce((most, line) => Math.max(most, line.right), -Infinity);
  const left = lines.reduce((least, line) => Math.min(least, line.left), Infinity);
  const leading = usualLeading(lines);
  const parts: string[] = [];
  for (const [i, line] of lines.entries()) {
    const above = lines[i - 1];
    if (above) append(parts, borderBetween(above, line, { left, right, leading }), { text: line.text, hyphens });
    else parts.push(line.text.trim());
  }
  return parts.join('');
}

const ITEM = /^\s*(?:[•▪●○◦‣–*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s/iu;

type Border = '\n\n' | '\n' | ' ';
type Column = { left: number; right: number; leading: number };

/** The distance from line to line, in heights of a letter, that most lines of the column have. */
function usualLeading(lines: Line[]): number {
  const distances = lines.slice(1).map((line, i) => (lines[i]!.y - line.y) / Math.max(line.height, lines[i]!.height, 1));
  const sorted = distances.filter((distance) => distance > 0.5 && distance < 4).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1.2;
}

/** What stands between two lines: a paragraph border, a line break, or just a blank because the sentence goes on. */
function borderBetween(above: Line, below: Line, column: Column): Border {
  const height = Math.max(above.height, below.height, 1);
  const gap = (above.y - below.y) / height;
  if (gap > Math.max(column.leading * 1.35, Math.min(1.9, column.leading * 1.6)) || gap < -1) return '\n\n';
  const sameSize = Math.abs(above.height - below.height) < height * 0.2;
  const isRtl = /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(above.text);
  const indented = Math.abs(below.left - above.left) > height * 1.2;
  const width = column.right - column.left;
  const full = isRtl ? above.left - column.left < width * 0.3 : above.right > above.left + (column.right - above.left) * 0.7;
  const sentenceOver = /[.!?:。！？؟]["')\]”’]?\s*$/u.test(above.text);
  const isItem = ITEM.test(below.text);
  const isNextItem = isItem && ITEM.test(above.text) && Math.abs(below.left - above.left) < height * 0.5;
  if (isNextItem || (isItem && (indented || sentenceOver || !full))) return '\n';
  if (sameSize && /[\p{L}\p{N}][-\u2010\u00ad]\s*$/u.test(above.text) && /^\s*\p{Ll}/u.test(below.text)) return ' ';
  return sameSize && full && !(indented && sentenceOver && !isRtl) ? ' ' : '\n';
}

/** Adds a line to the parts of a page; only the line before it is ever touched again. */
function append(parts: string[], between: Border, { text, hyphens }: { text: string; hyphens: Hyphens }): void {
  const next = text.trim();
  if (between !== ' ') {
    parts.push(between, next);
    return;
  }
  const before = parts.pop()!.trimEnd();
  if (/\p{L}[-\u2010\u00ad]$/u.test(before.slice(-4)) && /^\p{Ll}/u.test(next)) {
    const tail = before.slice(-80);
    parts.push(hyphens.belongs(tail, next.slice(0, 80)) ? before : before.slice(0, -1), next);
    return;
  }
  const isOpen =
    /[-\u2010][\p{Lu}\p{N}]?$/u.test(before.slice(-2)) && /[\p{L}\p{N}]-$/u.test(before.slice(-3)) && /^[\p{Lu}\p{N}]/u.test(next);
  const isCounted = /\p{N}[-\u2010]$/u.test(before.slice(-2)) && /^\p{Ll}/u.test(next);
  const glued = SCRIPTS_WITHOUT_BLANKS.test(before.slice(-1)) && SCRIPTS_WITHOUT_BLANKS.test(next.slice(0, 1));
  parts.push(before, glued || isOpen || isCounted ? '' : ' ', next);
}
