/** Messages, and notes that offer something. */
export const ROWS = 'article[data-message-id], [data-offers]';

export const rowsIn = (frame: HTMLElement): HTMLElement[] => [...frame.querySelectorAll<HTMLElement>(ROWS)];

/** What scrolls: the list in the frame, or the frame itself. */
export const scrollerOf = (frame: HTMLElement): HTMLElement => frame.querySelector<HTMLElement>('[data-virtuoso-scroller]') ?? frame;

/** The last message that is wholly in view, else the last in part; more are kept ready than are seen. */
export function lastInView(frame: HTMLElement): HTMLElement | undefined {
  const view = scrollerOf(frame).getBoundingClientRect();
  const rows = rowsIn(frame).filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  return rows.findLast((row) => row.getBoundingClientRect().bottom <= view.bottom + 1) ?? rows.at(-1);
}
