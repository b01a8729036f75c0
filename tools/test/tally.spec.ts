import { exitCode, sum, tallyOfJest, tallyOfOutput, verdict } from './tally.ts';

describe('the tally', () => {
  it('counts a suite that broke before its tests as a failure', () => {
    expect(tallyOfJest({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toEqual({ passed: 3, failed: 2 });
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
