import type { Page } from 'playwright-core';

/**
 * The noon at which the page is told to be. Far from every moment a server can tell, so that a text in which the page wrote
 * its own moment down is known from one that came from the server.
 */
const NOON = Date.parse('2001-05-04T12:00:00Z');

/**
 * From the next place on it is that noon for ever, and every moment the server tells is as far from it, in whole hours, as it
 * is from `since`: the same data look the same on every day and at every hour.
 *
 * @param since when the data were made, by the server's clock
 */
export const stopClock = (page: Page, since: string): Promise<unknown> =>
  page.addInitScript(stop, { noon: NOON, since: Date.parse(since) });

/** Runs in the page, before its scripts. */
function stop({ noon, since }: { noon: number; since: number }): void {
  const hour = 3_600_000;
  const furthest = 800 * 24 * hour;
  const Running = Date;
  const parse = (text: string): number => {
    const at = Running.parse(text);
    return Math.abs(at - since) < furthest ? noon + Math.round((at - since) / hour) * hour : at;
  };
  class Stopped extends Running {
    static override now = (): number => noon;
    static override parse = parse;

    constructor(...parts: (number | string | Date)[]) {
      const [first = noon] = parts;
      if (parts.length > 1) super(...(parts as [number, number]));
      else super(typeof first === 'string' ? parse(first) : first);
    }
  }
  globalThis.Date = Stopped as DateConstructor;
}
