/** What a phase, or all of them, came to. */
export interface Tally {
  passed: number;
  failed: number;
}

export const nothing: Tally = { passed: 0, failed: 0 };

export function sum(tallies: Tally[]): Tally {
  return tallies.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), nothing);
}

/** What is used of the report that jest writes with `--json`. */
export interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  /** Suites that broke before any of their tests could run. */
  numRuntimeErrorTestSuites: number;
}

export function tallyOfJest(report: JestReport): Tally {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** The last line of `npm test`. */
export function verdict({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/** A run in which nothing was checked proves nothing. */
export function exitCode({ passed, failed }: Tally): number {
  return failed > 0 || passed === 0 ? 1 : 0;
}
