const FIRST_MS = 300;
const LONGEST_MS = 5_000;
/** A process that stood this long has recovered: its next crash starts from the shortest wait again. */
export const STEADY_AFTER_MS = 10_000;

/** How long to wait before the restart that follows `crashes` crashes in a row. */
export function restartDelayMs(crashes: number): number {
  return Math.min(FIRST_MS * 2 ** Math.max(0, crashes - 1), LONGEST_MS);
}
