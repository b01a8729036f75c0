import type { Outcome } from './run-drill.ts';
import type { Proof } from './prove.ts';

const SHOWN = 10;
const HEAD = ['drill', 'acknowledged', 'slowest send', 'sends back', 'lists back', 'files back', ''];
const inSeconds = (value: number) => `${value.toFixed(1)} s`;

function rowOf({ name, acknowledged, recovery, violations }: Outcome): string[] {
  const { slowestSend, sends, lists, files } = recovery;
  return [name, String(acknowledged), ...[slowestSend, sends, lists, files].map(inSeconds), resultOf({ violations })];
}

export const resultOf = ({ violations }: Pick<Outcome, 'violations'>): string =>
  violations.length === 0 ? 'ok' : `${violations.length} violations`;

/** What each drill came to: how long people waited, and how long after the fault they still noticed it. */
export function recoveryTable(outcomes: readonly Outcome[]): string {
  const rows = [HEAD, ...outcomes.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`)
    .join('\n');
}

export function violationLines({ name, violations }: Pick<Outcome, 'name' | 'violations'>): string[] {
  const shown = violations.slice(0, SHOWN).map(({ check, says }) => `    ${check}: ${says}`);
  const more = violations.length > SHOWN ? [`    and ${violations.length - SHOWN} more`] : [];
  return violations.length === 0 ? [] : [`  ${name}`, ...shown, ...more];
}

export const proofLine = ({ name, seen }: Proof): string => `  ${seen ? 'seen' : 'NOT SEEN'}  ${name}`;
