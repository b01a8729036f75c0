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
  /** One for each file, by its path. */
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

export function tallyOfJest(report: JestReport): Tally {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** The files of a report in which something failed. */
export function failedFiles({ testResults }: JestReport): string[] {
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** What a run came to of which the files that failed were run again: of those, the second time counts. */
export function tallyOfSecondTry(first: JestReport, second: JestReport): Tally {
  const kept = first.testResults.filter(({ status }) => status !== 'failed').flatMap(({ assertionResults }) => assertionResults);
  return sum([{ passed: kept.filter(({ status }) => status === 'passed').length, failed: 0 }, tallyOfJest(second)]);
}

/** What a program that ends with such a line as ours came to; one that does not tell, or fails without telling, has failed. */
export function tallyOfOutput(output: string, code: number): Tally {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [undefined, 0, 1];
  const tally = { passed: Number(passed), failed: Number(failed) };
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** The last line of `npm test`. */
export function verdict({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/** A run in which nothing was checked proves nothing. */
export function exitCode({ passed, failed }: Tally): number {
  return failed > 0 || passed === 0 ? 1 : 0;
}
