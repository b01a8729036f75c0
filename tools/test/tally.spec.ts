import { exitCode, sum, tallyOfJest, verdict } from './tally.ts';

describe('the tally', () => {
  it('counts a suite that broke before its tests as a failure', () => {
    expect(tallyOfJest({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toEqual({ passed: 3, failed: 2 });
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
