type Box = { max: number; width: number; height: number };

/** The top of a scale: a round number that no value passes, and never nothing. */
export function niceMax(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most)!;
}

/** A line through values at even distances, from edge to edge, in the coordinates of an SVG. */
export function linePath(values: readonly number[], { max, width, height }: Box): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  // A single value is a level line.
  const drawn = values.length === 1 ? [values[0]!, values[0]!] : values;
  const dx = values.length === 1 ? width : step;
  return drawn.map((value, index) => `${index === 0 ? 'M' : 'L'}${round(index * dx)} ${round(height - (value / max) * height)}`).join('');
}

const round = (value: number) => Math.round(value * 100) / 100;
