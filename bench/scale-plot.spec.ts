import { scalePlot } from './scale-plot.ts';

describe('the plot of how long things take in a growing room', () => {
  const plot = scalePlot(
    [1_000, 10_000, 100_000],
    [
      { what: 'level', medians: [10, 10, 10] },
      { what: 'growing', medians: [1, 10, 100] },
    ],
  );
  const heights = [...plot.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
    points!.split(' ').map((point) => Number(point.split(',')[1])),
  );

  it('shows what does not grow as a level line, and what grows tenfold at each step as a straight one', () => {
    const [level, growing] = heights;
    expect(new Set(level)).toEqual(new Set([heights[0]![0]]));
    expect(growing![0]! - growing![1]!).toBeCloseTo(growing![1]! - growing![2]!);
    expect(growing![0]!).toBeGreaterThan(growing![2]!);
  });

  it('names each line once', () => {
    for (const what of ['level', 'growing']) expect(plot.split(`>${what}<`)).toHaveLength(2);
  });

  it('keeps the names of lines that end at one place apart', () => {
    const same = scalePlot(
      [1, 10],
      ['a', 'b', 'c'].map((what) => ({ what, medians: [5, 5] })),
    );
    const places = [...same.matchAll(/y="([\d.]+)" text-anchor="start"/g)].map(([, y]) => Number(y));
    expect(places.slice(1).map((place, index) => place - places[index]!)).toEqual([16, 16]);
  });
});
