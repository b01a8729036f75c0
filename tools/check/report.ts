import type { CheckResult } from './run-checks.ts';

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What was found, check by check. */
export function report(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ check, findings, count, waits }) => {
    if (count === 0) return [`  ok       ${check.name}`];
    if (waits) return [`  waits    ${check.name}: ${count} for the services to take in once they run`];
    const more = count > findings.length ? [`             and ${count - findings.length} more`] : [];
    return [`  finding  ${check.name}`, ...findings.map(({ says }) => `             ${says}`), ...more];
  });
}

export const countFindings = (results: readonly CheckResult[]): number =>
  results.reduce((sum, { count, waits }) => sum + (waits ? 0 : count), 0);

/** The last line. */
export const summary = (results: readonly CheckResult[]): string =>
  `${counted(results.length, 'check')}, ${counted(countFindings(results), 'finding')}`;
