/** One line of the plot: what was measured, and its median at each size. */
export type ScaleLine = { what: string; medians: readonly number[] };

const [WIDTH, HEIGHT] = [860, 380];
const EDGES = { left: 56, right: 300, top: 24, bottom: 40 };
const COLORS = ['#2f6f4f', '#b0532a', '#3a5fa8', '#8a4fa0', '#7a6a1f', '#a8324a', '#2a8a92', '#5b5f66'];
const LABEL_GAP = 16;

/**
 * Medians in milliseconds over the number of messages, both on logarithmic axes: what does not grow is a level line.
 * @returns an SVG document
 */
export function scalePlot(sizes: readonly number[], lines: readonly ScaleLine[]): string {
  const all = lines.flatMap(({ medians }) => medians);
  const powers = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))] as const;
  const x = axis([Math.log10(sizes[0]!), Math.log10(sizes.at(-1)!)], [EDGES.left, WIDTH - EDGES.right]);
  const y = axis(powers, [HEIGHT - EDGES.bottom, EDGES.top]);
  const ticks = Array.from({ length: powers[1] - powers[0] + 1 }, (_, index) => 10 ** (powers[0] + index));
  const labels = spread(lines.map(({ medians }) => y(medians.at(-1)!)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...ticks.map((ms) => level(y(ms)) + text([EDGES.left - 8, y(ms) + 4], `${ms} ms`, 'end')),
    ...sizes.map((size) => text([x(size), HEIGHT - EDGES.bottom + 20], size.toLocaleString('en'), 'middle')),
    text([(EDGES.left + WIDTH - EDGES.right) / 2, HEIGHT - 4], 'messages in the room', 'middle'),
    ...lines.flatMap(({ what, medians }, index) => {
      const color = COLORS[index % COLORS.length]!;
      const points = medians.map((ms, at) => `${round(x(sizes[at]!))},${round(y(ms))}`);
      return [
        `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
        text([WIDTH - EDGES.right + 12, labels[index]! + 4], what, 'start', color),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

const round = (value: number) => Math.round(value * 10) / 10;

/** From a range of powers of ten to one of pixels. */
function axis([from, to]: readonly [number, number], [start, end]: readonly [number, number]): (value: number) => number {
  return (value) => start + ((Math.log10(value) - from) / (to - from || 1)) * (end - start);
}

/** Moves labels apart that would cover each other. */
function spread(places: readonly number[]): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let last = Number.NEGATIVE_INFINITY;
  for (const one of order) last = one.place = Math.max(one.place, last + LABEL_GAP);
  const found: number[] = [];
  for (const { place, index } of order) found[index] = place;
  return found;
}

const level = (at: number) => `<line x1="${EDGES.left}" x2="${WIDTH - EDGES.right}" y1="${round(at)}" y2="${round(at)}" stroke="#ddd"/>`;

function text(at: readonly [x: number, y: number], words: string, anchor: string, fill = '#333'): string {
  return `<text x="${round(at[0])}" y="${round(at[1])}" text-anchor="${anchor}" fill="${fill}">${words}</text>`;
}
