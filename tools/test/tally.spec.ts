import { exitCode, failedFiles, sum, tallyOfJest, tallyOfOutput, tallyOfSecondTry, verdict, type JestReport } from './tally.ts';

/** @param files how many tests of each passed and failed */
function aReport(files: Record<string, [passed: number, failed: number]>): JestReport {
  const testResults = Object.entries(files).map(([name, [passed, failed]]) => ({
    name,
    status: failed > 0 ? 'failed' : 'passed',
    assertionResults: [...Array<object>(passed).fill({ status: 'passed' }), ...Array<object>(failed).fill({ status: 'failed' })] as {
      status: string;
    }[],
  }));
  const count = (index: 0 | 1) => Object.values(files).reduce((all, counts) => all + counts[index], 0);
  return { numPassedTests: count(0), numFailedTests: count(1), numRuntimeErrorTestSuites: 0, testResults };
}

describe('the tally of a test run', () => {
  it('counts a suite that broke before its tests as a failure', () => {
    expect(tallyOfJest({ ...aReport({ 'a.spec.ts': [3, 1] }), numRuntimeErrorTestSuites: 1 })).toEqual({ passed: 3, failed: 2 });
  });

  it('takes the second try of the files that failed in place of the first', () => {
    const first = aReport({ 'a.spec.ts': [3, 0], 'b.spec.ts': [4, 1] });
    expect(failedFiles(first)).toEqual(['b.spec.ts']);
    expect(tallyOfSecondTry(first, aReport({ 'b.spec.ts': [5, 0] }))).toEqual({ passed: 8, failed: 0 });
    expect(tallyOfSecondTry(first, aReport({ 'b.spec.ts': [3, 2] }))).toEqual({ passed: 6, failed: 2 });
  });

  it.each([
    ['a table\n3 passed, 1 failed\n', 1, { passed: 3, failed: 1 }],
    ['3 passed, 0 failed', 0, { passed: 3, failed: 0 }],
    ['3 passed, 0 failed', 1, { passed: 3, failed: 1 }],
    ['it never came to its end', 0, { passed: 0, failed: 1 }],
  ])('takes over what a program ends with: %j with exit code %i', (output, code, tally) => {
    expect(tallyOfOutput(output, code)).toEqual(tally);
  });

  it('ends in one line', () => {
    expect(
      verdict(
        sum([
          { passed: 2, failed: 0 },
          { passed: 1, failed: 1 },
        ]),
      ),
    ).toBe('3 passed, 1 failed');
  });

  it.each([
    [{ passed: 1, failed: 0 }, 0],
    [{ passed: 9, failed: 1 }, 1],
    [{ passed: 0, failed: 0 }, 1],
  ])('makes of %j the exit code %i', (tally, code) => {
    expect(exitCode(tally)).toBe(code);
  });
});
