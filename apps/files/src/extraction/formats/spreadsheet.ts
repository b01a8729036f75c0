import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { createRequire } from 'node:module';
import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { TableWriter } from '../table.ts';
import { openXlsStream } from './xls-encryption.ts';

/** Rows of one sheet that are taken into memory: far more than the text that is kept. */
const MOST_ROWS = 200_000;
const MOST_COLUMNS = 1000;
/** Rows at the top in which a heading may stretch over several columns. */
const HEADER_ROWS = 5;

/** A workbook of old (XLS) or in binary form (XLSB): each sheet by its name, row by row, values as they are shown. */
export async function* readWorkbook(source: Source): AsyncGenerator<Piece> {
  const { read, CFB } = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx') & { CFB: Cfb };
  const bytes = await source.bytes();
  let book: WorkBook;
  try {
    book = read(opened(bytes, CFB), {
      type: 'buffer',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      sheetRows: MOST_ROWS,
    });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw new Unreadable('encrypted', PROTECTED);
    throw new Unreadable('failed', 'The spreadsheet is damaged and cannot be opened.', { cause: error });
  }
  for (const [i, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (!sheet || (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0) continue;
    yield { newPage: true };
    yield `${name}\n\n`;
    yield* sheetText(sheet);
  }
}

type Cfb = {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content?: Uint8Array } | null;
};

/** A workbook that is encrypted although nobody chose a password is read as it was before. */
function opened(bytes: Buffer, cfb: Cfb): Buffer {
  if (bytes.readUInt16LE(0) !== OLE_MARK) return bytes;
  const container = cfb.read(bytes, { type: 'buffer' });
  const content = (cfb.find(container, 'Workbook') ?? cfb.find(container, 'Book'))?.content;
  const stream = content && Buffer.from(content);
  const plain = stream && openXlsStream(stream);
  return plain && plain !== stream ? plain : bytes;
}

const OLE_MARK = 0xcfd0;

function* sheetText(sheet: WorkSheet): Generator<string> {
  const table = new TableWriter({ records: true });
  const comments: string[] = [];
  const merged = mergedCells(sheet);
  const rows = (sheet as { '!data'?: (CellObject | undefined)[][] })['!data'] ?? [];
  let last = -1;
  for (const [r, cells] of Object.entries(rows)) {
    const row: string[] = [];
    // Rows without anything in them are not in the list.
    if (Number(r) > last + 1 && last >= 0) yield table.add([]);
    last = Number(r);
    for (const [c, cell] of Object.entries(cells ?? [])) {
      const column = Number(c);
      if (!cell || column >= MOST_COLUMNS) continue;
      while (row.length < column) row.push('');
      row[column] = shown(cell);
      for (const comment of cell.c ?? []) if (comment.t) comments.push(`${row[column]}: ${comment.t}`);
    }
    for (const [column, from] of merged.get(Number(r)) ?? []) {
      while (row.length <= column) row.push('');
      row[column] = shown(rows[from.r]?.[from.c]);
    }
    yield table.add(row);
  }
  yield table.end();
  if (comments.length > 0) yield `\n${comments.join('\n')}\n`;
}

/** A number without a format of its own stands as it is, not shortened as a narrow column would show it. */
function shown(cell: CellObject | undefined): string {
  if (!cell || cell.v === undefined || cell.t === 'z') return '';
  if (cell.t === 'n' && (cell.z === undefined || cell.z === 'General')) return String(cell.v);
  return cell.w ?? String(cell.v);
}

/** Cells that a merged one covers, where its value belongs to them too: rows below it, and columns under a heading. */
function mergedCells(sheet: WorkSheet): Map<number, [column: number, from: { r: number; c: number }][]> {
  const cells = new Map<number, [number, { r: number; c: number }][]>();
  const width = Math.max(0, ...((sheet as { '!data'?: unknown[][] })['!data'] ?? []).slice(0, 50).map((row) => row?.length ?? 0));
  for (const { s, e } of (sheet['!merges'] ?? []).slice(0, 10_000)) {
    const isTitle = e.c - s.c + 1 >= width - 1;
    for (let r = s.r; r <= Math.min(e.r, s.r + 1000); r += 1) {
      const last = s.r < HEADER_ROWS && !isTitle ? Math.min(e.c, MOST_COLUMNS) : s.c;
      for (let c = s.c; c <= last; c += 1) if (r !== s.r || c !== s.c) cells.set(r, [...(cells.get(r) ?? []), [c, s]]);
    }
  }
  return cells;
}
