/** The rows of values between tabs, as spreadsheets copy them: a value over several lines stands in quotes. */
export function rowsOfTsv(text: string): string[][] | undefined {
  if (!text.includes('\t')) return undefined;
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/gy;
  for (const [all, quoted, plain = '', end] of text.replace(/\r?\n$/, '').matchAll(cell)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '' || (all === '' && end === undefined)) break;
    if (end !== '\t') rows.push([]);
  }
  const [first] = rows;
  // Code is indented with tabs as well; a table has as many values in every row, and something in its first column.
  const isEven = rows.every((row) => row.length === first?.length);
  return isEven && rows.some(([start = '']) => start.trim() !== '') ? rows : undefined;
}

/** Less than two rows of two is no table. */
export const isTable = (rows: readonly string[][]): boolean => rows.length >= 2 && Math.max(...rows.map((row) => row.length)) >= 2;

/** Rows as a table in Markdown, the first as its head; columns of numbers end at the right. */
export function tableMarkup(rows: readonly string[][]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const cells = rows.map((row) => Array.from({ length: width }, (_, x) => cellMarkup(row[x] ?? '')));
  const [head = [], ...body] = cells;
  const rule = head.map((_, x) => (body.every((row) => isNumber(row[x] ?? '')) && body.some((row) => row[x] !== '') ? '---:' : '---'));
  return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const isNumber = (cell: string): boolean => cell === '' || /^[-+−]?[\p{Sc}]?\s?\d[\d\s.,'’]*\s?[%\p{Sc}]?$/u.test(cell);

/** One line, and nothing in it that would be read as markup. */
const cellMarkup = (value: string): string =>
  value
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[|*`<\\]|~~|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`);
