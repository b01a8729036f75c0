import { linePath, niceMax } from './plot-shape.ts';

describe('the scale of a plot', () => {
  it.each([
    [[0, 0], 1],
    [[], 1],
    [[3, 1], 5],
    [[10], 10],
    [[11], 20],
    [[0.3], 0.5],
    [[70_000], 100_000],
  ])('of %j ends at %d', (values, max) => {
    expect(niceMax(values)).toBeCloseTo(max);
  });
});

describe('the line of a plot', () => {
  const box = { max: 10, width: 100, height: 50 };

  it('goes from edge to edge, higher values higher up', () => {
    expect(linePath([0, 10, 5], box)).toBe('M0 50L50 0L100 25');
  });

  it('is level for a single value', () => {
    expect(linePath([5], box)).toBe('M0 25L100 25');
  });
});
