import { writeTable } from '../table.ts';
import { columnsOf, type Gap } from './pdf-gaps.ts';
import type { Segment } from './pdf-lines.ts';

/** A row begins with a line that has a first cell, or that stands apart; what follows belongs to its cells. */
export function tableOf(lines: Segment[][], gaps: Gap[]): string {
  const rows: { cells: string[]; y: number }[] = [];
  const headerLines = headerLinesOf(lines);
  let headerRows = 0;
  const leading = usualDistance(lines);
  for (const [i, line] of lines.entries()) {
    const cells = columnsOf(line, gaps).map((segments) => segments.map(({ text }) => text.trim()).join(' '));
    const above = rows.at(-1);
    const wraps =
      above !== undefined &&
      cells[0] === '' &&
      rows.length > 1 &&
      above.y - line[0]!.y <= leading * 1.15 &&
      cells.filter((cell) => cell !== '').length < cells.length - 1;
    if (wraps) cells.forEach((cell, i) => (above.cells[i] = `${above.cells[i]} ${cell}`.trim()));
    else rows.push({ cells, y: line[0]!.y });
    if (wraps) above.y = line[0]!.y;
    if (i < headerLines) headerRows = rows.length;
  }
  const isForm = gaps.length === 1 && rows.filter(({ cells }) => /:$/.test(cells[0]!)).length * 2 > rows.length;
  return writeTable(
    rows.map(({ cells }) => cells),
    { pairs: isForm, headerRows },
  );
}

/** How many lines at the top are set in a font that nothing below them is set in: the names of the columns. */
function headerLinesOf(lines: Segment[][]): number {
  const font = lines[0]?.[0]?.font;
  if (!font) return 0;
  const isOfFont = (line: Segment[]) => line.every((segment) => segment.font === font);
  const count = lines.findIndex((line) => !isOfFont(line));
  const below = count < 0 ? [] : lines.slice(count).flat();
  return count > 0 && count <= 2 && below.every((segment) => segment.font !== font) ? count : 0;
}

function usualDistance(lines: Segment[][]): number {
  const distances = lines.slice(1).map((line, i) => lines[i]![0]!.y - line[0]!.y);
  return Math.min(...distances.filter((distance) => distance > 0), Infinity);
}
