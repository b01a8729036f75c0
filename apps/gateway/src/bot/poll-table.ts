import type { Poll } from '@atrium/contracts';

/** A poll's results as CSV. */
export function pollTable({ question, options, voters }: Poll): string {
  const rows = [
    ['question', 'option', 'votes', 'of voters'],
    ...options.map(({ text, votes }) => [question, text, String(votes), String(voters)]),
  ];
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would read as a formula begins with an apostrophe, so that it stays text. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
