/** Messages, and notes that offer something. */
export const ROWS = 'article[data-message-id], [data-offers]';

export const rowsIn = (frame: HTMLElement): HTMLElement[] => [...frame.querySelectorAll<HTMLElement>(ROWS)];

/** What scrolls: the list in the frame, or the frame itself. */
export const scrollerOf = (frame: HTMLElement): HTMLElement => frame.querySelector<HTMLElement>('[data-virtuoso-scroller]') ?? frame;

/** So far from its end a list still counts as being there. */
export const NEAR_END_PX = 60;

/**
 * The last message that is wholly in view, else the last in part; more are kept ready than are seen. At the end of the
 * list it is the last of all, also while the list has yet to scroll to it.
 */
export function lastInView(frame: HTMLElement): HTMLElement | undefined {
  const view = scrollerOf(frame).getBoundingClientRect();
  const rows = rowsIn(frame);
  const last = rows.at(-1)?.getBoundingClientRect();
  if (last && last.bottom - view.bottom <= last.height + NEAR_END_PX) return rows.at(-1);
  const seen = rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  return seen.findLast((row) => row.getBoundingClientRect().bottom <= view.bottom + 1) ?? seen.at(-1);
}
