import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { createRequire } from 'node:module';
import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { TableWriter } from '../table.ts';
import { openXlsStream } from './xls-encryption.ts';
import { coveredCells, fillCovered, type Covered } from './xlsx-merges.ts';

/** Rows of one sheet that are taken into memory: far more than the text that is kept. */
const MOST_ROWS = 200_000;
const MOST_COLUMNS = 1000;

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
    fillCovered(row, Number(r), { covered: merged, valueAt: (at, column) => shown(rows[at]?.[column]) });
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

function mergedCells(sheet: WorkSheet): Covered {
  const rows = (sheet as { '!data'?: unknown[][] })['!data'] ?? [];
  return coveredCells(sheet['!merges'] ?? [], Math.max(0, ...rows.slice(0, 50).map((row) => row?.length ?? 0)));
}
