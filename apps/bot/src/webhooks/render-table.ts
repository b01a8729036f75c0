import { fromPlain } from './common-mark.ts';
import { renderRich } from './render-rich-text.ts';
import type { Element } from './slack-payload.ts';

/** A table as GitHub writes it; the first row is its head, as Slack shows it. */
export function renderTable(rows: readonly (readonly (Element | null)[] | null)[]): string {
  const shown = rows.map((row) => (row ?? []).map(cellOf));
  const [head = [], ...others] = shown;
  const columns = Math.max(...shown.map((row) => row.length), 0);
  if (columns === 0) return '';
  const line = (cells: readonly string[]): string => `| ${Array.from({ length: columns }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(columns)}`, ...others.map(line)].join('\n');
}

function cellOf(cell: Element | null): string {
  if (!cell) return '';
  const text = cell.type === 'rich_text' ? (cell.elements ?? []).map(renderRich).join(' ') : fromPlain(cell.text?.text ?? '');
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
