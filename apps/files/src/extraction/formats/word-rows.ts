import { writeTable } from '../table.ts';

/**
 * The text of a Word document of old, where the last cell of a row ends with a tabulator before the end of its line: rows
 * of tables as such, and an empty line behind each paragraph.
 */
export function withRows(text: string): string {
  const out: string[] = [];
  let rows: string[][] = [];
  let open: string[] = [];
  const flush = () => {
    if (rows.length > 0) out.push(`\n${writeTable(rows, { layout: true })}\n`);
    rows = [];
  };
  for (const line of text.split('\n')) {
    open.push(line);
    if (!line.endsWith('\t')) continue;
    // Cells of several paragraphs begin on lines above.
    const from = rows.length === 0 ? open.length - 1 : beginOfRow(open, rows[0]!.length);
    if (from > 0) flush();
    out.push(...open.slice(0, from).map((paragraph) => `${paragraph}\n\n`));
    rows.push(open.slice(from).join('\n').split('\t').slice(0, -1));
    open = [];
  }
  flush();
  out.push(...open.map((paragraph) => `${paragraph}\n\n`));
  return out.join('');
}

/** From where on the lines hold as many cells as a row of the table has. */
function beginOfRow(lines: string[], width: number): number {
  let cells = 0;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    cells += lines[at]!.split('\t').length - 1;
    if (cells >= width) return cells === width && isWhole(lines, at) ? 0 : at;
  }
  return lines.length - 1;
}

/** Above the row stands nothing but more of its first cell. */
const isWhole = (lines: string[], at: number) => lines.slice(0, at).every((line) => line.trim() !== '' && line.length < 200);
