const SECONDS = { m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const NAMED: Readonly<Record<string, number>> = { minute: SECONDS.m, hour: SECONDS.h, day: SECONDS.d, week: SECONDS.w };

/** The steps offered by themselves, the shortest first. */
const USUAL = [60, 300, 900, SECONDS.h, 6 * SECONDS.h, SECONDS.d, SECONDS.w];
const USUAL_POINTS = 200;

/** A step in seconds, from `day`, `6h` or `3600`; undefined for what is none, or is under a minute. */
export function stepSecondsOf(text: string): number | undefined {
  const named = NAMED[text];
  if (named !== undefined) return named;
  const [, count, unit] = /^(\d{1,9})([mhdw]?)$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  const seconds = Number(count) * (unit ? SECONDS[unit as keyof typeof SECONDS] : 1);
  return seconds >= SECONDS.m && seconds <= 366 * SECONDS.d ? seconds : undefined;
}

/** A step of which a plot of this span is neither crowded nor bare. */
export const stepFor = (seconds: number): number =>
  USUAL.find((step) => seconds / step <= USUAL_POINTS) ?? Math.ceil(seconds / USUAL_POINTS);
