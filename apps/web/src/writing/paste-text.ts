import { type Edit, type Written, isInCode } from './format-text.ts';

/** What was copied elsewhere, as far as it can become markup. */
type Copied = { plain: string; html: string };

/** What a paste becomes; undefined where it is pasted as it is. */
export function pasteEdit(written: Written, { plain, html }: Copied): Edit | undefined {
  if (isInCode(written.text, written.from)) return undefined;
  return linkEdit(written, plain.trim()) ?? tableEdit(written, rowsOfHtml(html) ?? rowsOfTsv(plain));
}

/** An address pasted over words becomes their link. */
export function linkEdit({ text, from, to }: Written, address: string): Edit | undefined {
  const words = text.slice(from, to);
  if (words.trim() === '' || /\n\s*\n/.test(words) || !isAddress(address) || isAddress(words.trim())) return undefined;
  const label = words.trim().replace(/[[\]]/g, '\\$&');
  const target = /[()<>]/.test(address) ? `<${address.replace(/[<>]/g, encodeURIComponent)}>` : address;
  const [, before = '', after = ''] = /^(\s*)[\s\S]*?(\s*)$/.exec(words) ?? [];
  const insert = `${before}[${label}](${target})${after}`;
  return { from, to, insert, select: [from + insert.length, from + insert.length] };
}

const isAddress = (text: string): boolean => /^(?:https?:\/\/|mailto:)\S+$/i.test(text) && URL.canParse(text);

function tableEdit({ text, from, to }: Written, rows: readonly string[][] | undefined): Edit | undefined {
  if (!rows || !isTable(rows)) return undefined;
  const before = text.slice(0, from);
  const gap = before.trim() === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const insert = `${gap}${tableMarkup(rows)}\n${text.slice(to).trim() === '' ? '' : '\n'}`;
  return { from, to, insert, select: [from + insert.length, from + insert.length] };
}

/** The rows of what is a table and nothing else, as a spreadsheet or a page gives it. */
function rowsOfHtml(html: string): string[][] | undefined {
  if (!/<table/i.test(html)) return undefined;
  const page = new DOMParser().parseFromString(html, 'text/html');
  const [table, ...others] = page.querySelectorAll('table');
  if (!table || others.length > 0) return undefined;
  const rows = rowsOfTable(table);
  table.remove();
  for (const unseen of page.querySelectorAll('style, script')) unseen.remove();
  return page.body.textContent.trim() === '' ? rows : undefined;
}

/** A cell over several rows or columns stands in the first of them. */
function rowsOfTable(table: HTMLTableElement): string[][] {
  const grid: string[][] = [...table.rows].map(() => []);
  for (const [y, row] of [...table.rows].entries()) {
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y]?.[x] !== undefined) x += 1;
      for (const lineBreak of cell.querySelectorAll('br')) lineBreak.replaceWith(' ');
      for (let down = 0; down < cell.rowSpan; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) {
          const line = grid[y + down];
          if (line) line[x + right] = down + right === 0 ? cell.textContent : '';
        }
      }
    }
  }
  return grid;
}

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
