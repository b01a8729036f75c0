/** Gives the focus back once what closes has let go of it, unless it went somewhere else meanwhile. */
export function returnFocus(to: Element | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body && to instanceof HTMLElement) to.focus({ preventScroll: true });
  });
}
