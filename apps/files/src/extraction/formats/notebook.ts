import { markIndents } from '../../text/tidy.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { htmlText } from './html.ts';
import { markdownText } from './markdown.ts';

/** A notebook is one JSON document that must be held as a whole. */
const MOST_BYTES = 32 * 1024 * 1024;

type Output = { text?: unknown; data?: Record<string, unknown>; traceback?: unknown };
type Cell = { cell_type?: string; source?: unknown; input?: unknown; outputs?: Output[] };
type Notebook = { cells?: Cell[]; worksheets?: { cells?: Cell[] }[] };

/** A Jupyter notebook: its notes as Markdown reads, its code and what the code printed as they stand. */
export async function* readNotebook(source: Source): AsyncGenerator<Piece> {
  if (source.size > MOST_BYTES) throw new Unreadable('failed', 'The notebook is larger than can be read.');
  const parts: string[] = [];
  for await (const part of source.text()) parts.push(part);
  let notebook: Notebook;
  try {
    notebook = JSON.parse(parts.join('')) as Notebook;
  } catch (error) {
    throw new Unreadable('failed', 'The notebook is not complete or not valid.', { cause: error });
  }
  for (const cell of notebook.cells ?? notebook.worksheets?.flatMap((sheet) => sheet.cells ?? []) ?? []) {
    const text = joined(cell.source ?? cell.input);
    yield `${cell.cell_type === 'markdown' ? markdownText(text) : markIndents(text)}\n\n`;
    for (const output of cell.outputs ?? []) yield `${printed(output)}\n\n`;
  }
}

/** A table is told by its rows, of which the text beside it has only the looks. */
function printed({ text, data, traceback }: Output): string {
  const html = joined(data?.['text/html']);
  if (/<table\b/i.test(html)) return htmlText(html);
  const markdown = joined(data?.['text/markdown']);
  return markdown === '' ? joined(text ?? data?.['text/plain'] ?? traceback) : markdownText(markdown);
}

/** A text, or a list of its lines. */
const joined = (value: unknown): string =>
  Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : typeof value === 'string' ? value : '';
