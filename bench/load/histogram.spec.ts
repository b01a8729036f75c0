import { Histogram } from './histogram.ts';

describe('a histogram of latencies', () => {
  it('answers the value that p percent do not exceed', () => {
    const histogram = new Histogram();
    for (let i = 100; i >= 1; i--) histogram.add(i);
    expect([50, 99, 100].map((p) => histogram.percentile(p))).toEqual([50, 99, 100]);
  });

  it('has no percentile without values', () => {
    expect(new Histogram().percentile(50)).toBeNaN();
  });
});
