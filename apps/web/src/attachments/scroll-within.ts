/** Brings a place into the middle of what scrolls around it, or to its top, and moves nothing outside of that. */
export function scrollWithin(place: Element | null | undefined, to: 'middle' | 'top'): void {
  const scroller = place?.closest('[data-scrolls]');
  if (!place || !scroller) return;
  const [inner, outer] = [place.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const spare = to === 'top' ? 0 : Math.max(0, (scroller.clientHeight - inner.height) / 2);
  scroller.scrollTop += inner.top - outer.top - spare;
  if (inner.left < outer.left || inner.right > outer.right) scroller.scrollLeft += inner.left - outer.left - SIDE;
}

/** Some of what stands before it stays in sight. */
const SIDE = 24;
