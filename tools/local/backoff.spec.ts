import { restartDelayMs } from './backoff.ts';

describe('the wait before a restart', () => {
  it('is short at first and doubles with every crash in a row', () => {
    expect([1, 2, 3, 4].map(restartDelayMs)).toEqual([300, 600, 1200, 2400]);
  });

  it('never grows beyond five seconds', () => {
    expect(restartDelayMs(6)).toBe(5000);
    expect(restartDelayMs(1000)).toBe(5000);
  });
});
